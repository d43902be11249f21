import { isCollection, LineCounter, parseDocument, type Document, type Node } from 'yaml'
import type * as z from 'zod'
import type { Diagnostic, ErrorCode } from './errors.ts'

/** A YAML text of ours or of a policy's author, with the means to say where in it something stands. */
export interface YamlSource {
  path: string
  text: string
  document: Document.Parsed
  /** The line and column, from 1, of a character offset. */
  at(offset: number): { line: number; column: number }
}

/** Parses one YAML document. Aliases are bounded, duplicate keys are errors. Mistakes come back as diagnostics. */
export const parseYamlSource = (
  text: string,
  path: string,
  code: ErrorCode,
): { source: YamlSource } | { diagnostics: Diagnostic[] } => {
  const lines = new LineCounter()
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  let document: Document.Parsed
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' })
  } catch {
    return { diagnostics: [{ code, message: 'nested too deeply', path, line: 1, column: 1 }] }
  }
  // A warning is a tag that nobody knows: `when: !x && y` without quotes loses its first condition to one.
  const problems = [...document.errors, ...document.warnings]
  if (problems.length > 0)
    return {
      diagnostics: problems.map((error) => ({ code, message: error.message, path, ...at(error.pos[0]) })),
    }
  return { source: { path, text, document, at } }
}

/** The node at a path of keys and indexes, or the deepest one above it that exists. */
export const nodeAt = (source: YamlSource, keys: readonly PropertyKey[]): Node | undefined => {
  for (let length = keys.length; length >= 0; length--) {
    const node: unknown =
      length === 0 ? source.document.contents : source.document.getIn(keys.slice(0, length).map(String), true)
    if (node !== undefined && node !== null) return node as Node
  }
  return undefined
}

const keyOffset = (source: YamlSource, parent: readonly PropertyKey[], key: string): number | undefined => {
  const node = nodeAt(source, parent)
  if (!isCollection(node)) return undefined
  for (const item of node.items as { key?: { value?: unknown; range?: [number, number, number] } }[])
    if (item.key?.value === key) return item.key.range?.[0]
  return undefined
}

/** Turns what zod found wrong into diagnostics at the lines of the source. */
export const zodDiagnostics = (error: z.ZodError, source: YamlSource, code: ErrorCode): Diagnostic[] =>
  error.issues.flatMap((issue) => {
    const name = issue.path.map(String).join('.')
    const say = (message: string, offset: number): Diagnostic => ({
      code,
      message: name === '' ? message : `${name}: ${message}`,
      path: source.path,
      ...source.at(offset),
    })
    const here = nodeAt(source, issue.path)?.range?.[0] ?? 0
    if (issue.code !== 'unrecognized_keys') return [say(issue.message, here)]
    return issue.keys.map((key) => say(`unknown key "${key}"`, keyOffset(source, issue.path, key) ?? here))
  })
