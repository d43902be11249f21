import { baseOf } from '../tree-path.ts'
import type { Program } from './program.ts'
import type { ProgramText } from './reading.ts'

/** One setting of a Spring Boot configuration file, by its full name. */
export interface SpringKey {
  key: string
  value: string
  path: string
  line: number
  /** The profile of the file's name; empty for the file that always counts. */
  profile: string
}

const known = new WeakMap<ProgramText, SpringKey[]>()

/** The profile in `application-prod.yml`; empty where there is none. */
export const profileOfFile = (path: string): string =>
  /^(?:application|bootstrap)-([\w-]+)\.(?:ya?ml|properties)$/.exec(baseOf(path))?.[1] ?? ''

const propertiesKeys = (text: string): { key: string; value: string; line: number }[] =>
  text.split('\n').flatMap((raw, index) => {
    const line = raw.trim()
    const at = line.search(/[=:]/)
    if (at <= 0 || line.startsWith('#') || line.startsWith('!')) return []
    return [{ key: line.slice(0, at).trim(), value: line.slice(at + 1).trim(), line: index + 1 }]
  })

const unquoted = (value: string): string =>
  value
    .replace(/\s#.*$/, '')
    .trimEnd()
    .replace(/^(["'])(.*)\1$/, '$2')

// Block mappings of plain keys are all that these files have; the parser's work is the YAML collectors'.
const yamlKeys = (text: string): { key: string; value: string; line: number }[] => {
  const found: { key: string; value: string; line: number }[] = []
  const open: { indent: number; key: string }[] = []
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trimEnd()
    const indent = line.search(/\S/)
    if (indent < 0 || line[indent] === '#') continue
    if (line.startsWith('---')) open.length = 0
    const body = line.slice(indent)
    if (body.startsWith('- ')) {
      const parent = open.at(-1)
      if (parent !== undefined)
        found.push({ key: open.map(({ key }) => key).join('.'), value: unquoted(body.slice(2)), line: index + 1 })
      continue
    }
    const colon = /:(?:\s|$)/.exec(body)?.index ?? -1
    if (colon <= 0) continue
    while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= indent) open.pop()
    const key = unquoted(body.slice(0, colon))
    open.push({ indent, key })
    const value = body.slice(colon + 1).trim()
    if (value !== '' && open.length < 30)
      found.push({ key: open.map((one) => one.key).join('.'), value: unquoted(value), line: index + 1 })
  }
  return found
}

/** Every setting of one file. */
export const springKeysOf = (text: ProgramText): SpringKey[] => {
  const ready = known.get(text)
  if (ready !== undefined) return ready
  const profile = profileOfFile(text.path)
  const read = text.path.endsWith('.properties') ? propertiesKeys(text.text) : yamlKeys(text.text)
  const keys = read.slice(0, 5_000).map((one) => ({ ...one, path: text.path, profile }))
  known.set(text, keys)
  return keys
}

/** Every setting of a program's Spring Boot configuration files. */
export const springKeys = (program: Program): SpringKey[] => program.springFiles.flatMap(springKeysOf)
