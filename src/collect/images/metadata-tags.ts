import type { Step } from '../workflows/step.ts'
import { inputOf } from '../workflows/uses.ts'
import { isKnown, resolveExpressions, sha, shortSha, type Scope } from './resolve.ts'

/** What docker/metadata-action names: repositories, and tags in which symbols stand for what only a run knows. */
export interface Metadata {
  repositories: readonly string[]
  tags: readonly string[]
}

export const branch = '${{branch}}'
export const release = '${{release}}'
const number = '${{number}}'
const moment = '${{date}}'

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))

/** The attributes of a line such as `type=sha,prefix={{branch}}-`. A line without a type is a raw tag. */
const attributesOf = (line: string): Map<string, string> => {
  const found = new Map<string, string>()
  for (const part of line.split(',')) {
    const equals = part.indexOf('=')
    if (equals < 0) found.set(found.size === 0 ? 'value' : part.trim(), found.size === 0 ? part.trim() : '')
    else found.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim())
  }
  if (!found.has('type')) found.set('type', 'raw')
  return found
}

/** The action's own templates, in prefixes, patterns and values. */
const handlebars = (text: string): string =>
  text.replace(/\{\{\s*([a-z_]+)[^{}]{0,60}\}\}/g, (_, name: string) => {
    if (name === 'branch' || name === 'base_ref') return branch
    if (name === 'tag' || ['version', 'major', 'minor', 'patch', 'raw'].includes(name)) return release
    if (name === 'sha') return shortSha
    return name === 'date' || name === 'commit_date' ? moment : '${{?}}'
  })

/** Braces of expressions would look like the action's own. */
const fill = (text: string): string =>
  text
    .split(/(\$\{\{[^}]*\}\})/)
    .map((part) => (part.startsWith('${{') ? part : handlebars(part)))
    .join('')

const tagsOf = (attributes: ReadonlyMap<string, string>): string[] => {
  const get = (name: string): string | undefined => {
    const value = attributes.get(name)
    return value === undefined ? undefined : fill(value)
  }
  if (get('enable') === 'false') return []
  const around = (middle: string, prefix = ''): string => `${get('prefix') ?? prefix}${middle}${get('suffix') ?? ''}`
  const type = attributes.get('type')
  switch (type) {
    case undefined:
      return ['${{?}}']
    case 'sha':
      return [around(get('format') === 'long' ? sha : shortSha, 'sha-')]
    case 'ref':
      if (get('event') === 'pr') return [around(number, 'pr-')]
      return [around(get('event') === 'tag' ? release : branch)]
    case 'semver':
    case 'pep440':
    case 'match':
      return [around(release)]
    case 'schedule':
      return [around(moment)]
    case 'edge':
      return [around('edge')]
    case 'raw':
      return [around(get('value') ?? '')]
    default:
      return ['${{?}}']
  }
}

const defaults = ['type=schedule', 'type=ref,event=branch', 'type=ref,event=tag', 'type=ref,event=pr']

/** Reads a step with docker/metadata-action. */
export const readMetadata = (step: Step, scope: Scope): Metadata => {
  const input = (name: string): string => resolveExpressions(inputOf(step.inputs, name) ?? '', scope)
  const written = lines(input('tags'))
  const rules = (written.length === 0 ? defaults : written).map(attributesOf)
  const tags = rules.flatMap(tagsOf)
  const flavor = new Map(lines(input('flavor')).flatMap((line) => [...attributesOf(line)]))
  const follows = rules.some(
    (rule) =>
      ['semver', 'pep440', 'match'].includes(rule.get('type') ?? '') ||
      (rule.get('type') === 'ref' && rule.get('event') === 'tag'),
  )
  const latest = flavor.get('latest') ?? 'auto'
  if (latest === 'true' || (latest === 'auto' && follows)) tags.push('latest')
  if (!isKnown(latest) || flavor.has('prefix') || flavor.has('suffix')) tags.push('${{?}}')
  const repositories = lines(input('images')).flatMap((line) => {
    const name = /^(?:name=)?([^,]*)/.exec(line)?.[1] ?? ''
    return name === '' ? [] : [name]
  })
  return { repositories, tags }
}
