import type { FactValue } from '../../core/facts/index.ts'
import type { Collected, Sink, TextFile } from '../collector.ts'
import { Lines } from '../lines.ts'
import { ignoredBy } from '../repository/ignore-lists.ts'
import { isSecretName } from './key.ts'
import { isGap, isKnownDefault, isReference, looksReal, mask } from './value.ts'
import { isTemplate, whereOf } from './where.ts'

const name = /(?:^|\/)(?:\.env(?:rc|\.[^/]+)?|[^/]+\.env)$/

/** Whether a path is a .env file or a template of one. */
export const isEnvironmentFile = (path: string): boolean =>
  name.test(path) || /(?:^|\/)env\.(?:example|sample|template|dist)$/.test(path)

const assignment = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.]{0,100})[ \t]*=([^\n]*)$/gm

/** The value as a shell reads it: without its quotes, or up to a comment. */
const unquoted = (written: string): string => {
  const text = written.trim()
  const quote = text[0]
  const end = quote === '"' || quote === "'" ? text.indexOf(quote, 1) : -1
  if (end > 0) return text.slice(1, end)
  const comment = text.indexOf(' #')
  return (comment < 0 ? text : text.slice(0, comment)).trim()
}

const connection = /^[a-z][a-z0-9+.-]{1,20}:\/\/([^:/@\s]{0,100}):([^@\s]{1,200})@([^\s/:?]{1,200})/

/** The password of a value: the value itself, or the part of a connection string. */
const secretOf = (key: string, value: string): string | undefined => {
  const url = connection.exec(value)
  // A user whose password is its own name has a default one.
  if (url !== null)
    return /^(?:localhost|127\.)/.test(url[3] ?? '') ? undefined : url[1] === url[2] ? 'default' : url[2]
  return isSecretName(key) ? value : undefined
}

/** In a template only what does not look like an example: long, or with digits among letters; never a known default. */
const leaksFromTemplate = (value: string): boolean =>
  value.length >= 16 &&
  !isKnownDefault(value) &&
  /\d/.test(value) &&
  /[A-Za-z]/.test(value) &&
  !/(?:secret|password|token|key|dev|local|test)/i.test(value)

/** A fact for a .env file, and one for every value in it that looks like a real secret. */
export const collectEnvironmentFile = (file: TextFile, sink: Sink): void => {
  const template = isTemplate(file.path)
  const lines = new Lines(file.text)
  const secrets: string[] = []
  const defaults: string[] = []
  let variables = 0
  for (const match of file.text.matchAll(assignment)) {
    const [, key = '', written = ''] = match
    variables++
    const value = secretOf(key, unquoted(written))
    if (value === undefined || value.length < 3 || isReference(value)) continue
    // Nobody is made to change `change-me`: where it stands in a file that is read, it works.
    if (!template && isGap(value) && /chang/i.test(value)) defaults.push(key)
    if (isGap(value) || !looksReal(value)) continue
    if (template && !leaksFromTemplate(value)) continue
    if (isKnownDefault(value) || key.toLowerCase() === value.toLowerCase()) {
      defaults.push(key)
      continue
    }
    secrets.push(key)
    if (!template || secrets.length > 50) continue
    sink.fact({
      kind: 'secrets.credential',
      subject: `${key} in ${file.path}`,
      place: { path: file.path, ...lines.at(match.index) },
      value: {
        form: 'literal',
        what: key,
        masked: mask(value),
        where: 'template',
        script: false,
        local: false,
        weak: false,
      },
    })
  }
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1)
  const value: FactValue<'secrets.environment-file'> = {
    template,
    variables,
    secrets: secrets.slice(0, 20),
    defaults: defaults.slice(0, 20),
    development: /[._-](?:local|test|ci|e2e|dev|development)(?:\.|$)/i.test(file.path) || whereOf(file.path) === 'test',
    ignored: false,
    realIgnored: false,
    realPath: `${folder}${realName(file.path)}`,
  }
  sink.fact({
    kind: 'secrets.environment-file',
    subject: `file ${file.path}`,
    place: { path: file.path, line: 1, column: 1 },
    value,
  })
}

/** The file that a template is copied to: `.env.production.example` is `.env.production`. */
const realName = (path: string): string =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/[._-](?:example|sample|template|tmpl|dist|default)s?(?=[._-]|$)/i, '')
    .replace(/^env$/, '.env')

/** Fills in what .gitignore says of the file itself and of the real one beside it. */
export const relateEnvironmentFiles = (collected: Collected): void => {
  const ignored = ignoredBy(collected)
  for (const { place, value } of collected.of('secrets.environment-file')) {
    value.ignored = ignored(place.path)
    value.realIgnored = ignored(value.realPath)
  }
}
