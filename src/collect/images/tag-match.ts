import { branch, release } from './metadata-tags.ts'
import { isKnown, sha, shortSha } from './resolve.ts'

const patterns: Readonly<Record<string, string>> = {
  [sha]: '[0-9a-f]{40}',
  [shortSha]: '[0-9a-f]{7}',
  [branch]: '[\\w.-]{1,128}',
  [release]: 'v?[0-9][\\w.-]{0,127}',
  '${{number}}': '[0-9]{1,9}',
  '${{date}}': '[0-9]{6,14}',
}

const symbols = /\$\{\{[^}]*\}\}/g

/** Whether every symbol of a tag is one whose values are known in kind. */
const isReadable = (tag: string): boolean => (tag.match(symbols) ?? []).every((one) => Object.hasOwn(patterns, one))

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** Whether a written tag can be one that a pushed tag becomes, such as `main` for a branch's name. */
const canBecome = (pushed: string, tag: string): boolean => {
  if ((pushed.match(symbols) ?? []).length > 3) return true
  const source = pushed
    .split(/(\$\{\{[^}]*\}\})/)
    .map((part) => patterns[part] ?? escape(part))
    .join('')
  return tag !== 'latest' && new RegExp(`^${source}$`, 'i').test(tag)
}

/** Whether a tag that is used is one of those that are pushed. `unknown` where a run alone can tell. */
export const tagState = (used: string, pushed: readonly string[]): 'pushed' | 'tag-missing' | 'unknown' => {
  if (pushed.includes(used) || /\$\{\{steps\.[\w-]+\.outputs\.version\}\}/.test(used)) return 'pushed'
  if (!isReadable(used) || pushed.some((tag) => !isReadable(tag))) return 'unknown'
  if (isKnown(used)) return pushed.some((tag) => canBecome(tag, used)) ? 'unknown' : 'tag-missing'
  return 'tag-missing'
}

const owner = '${{github.repository_owner}}'
const repository = '${{github.repository}}'

/** A pushed name as a pattern; undefined where a part of it may be anything. */
export const namePattern = (name: string): RegExp | undefined => {
  const parts = name.split(/(\$\{\{[^}]*\}\})/)
  if (parts.length > 7) return undefined
  const sources = parts.map((part) =>
    part === owner ? '[^/]+' : part === repository ? '[^/]+/[^/]+' : part.startsWith('${{') ? undefined : escape(part),
  )
  return sources.includes(undefined) ? undefined : new RegExp(`^${sources.join('')}$`, 'i')
}
