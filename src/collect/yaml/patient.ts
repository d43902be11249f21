import { parseAllDocuments } from 'yaml'
import { LocatedReader, YamlRefused } from './located.ts'
import type { ReadDocument, ReadText, Refusal } from './read-text.ts'
import { tagsOf, type YamlVersion } from './scalars.ts'

const tooDeep = (offset: number): Refusal => ({ code: 'too-deep', reason: 'is nested too deeply', offset })

/** How deep brackets are open at the most, in one pass. The parser itself takes seconds for a million of them. */
const maxFlowDepth = (text: string): number => {
  let depth = 0
  let deepest = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++depth)
    else if ((code === 0x5d || code === 0x7d) && depth > 0) depth--
  }
  return deepest
}

const parse = (text: string, version: YamlVersion) => {
  try {
    const parsed = parseAllDocuments(text, {
      prettyErrors: false,
      version,
      customTags: tagsOf,
      logLevel: 'silent',
      uniqueKeys: false,
    })
    return Array.isArray(parsed) ? parsed : []
  } catch {
    // The parser recurses once a level, and thousands of levels overflow its stack.
    return undefined
  }
}

/** Reads any text: anchors, tags and merges; of a broken one it says what is wrong, and still reads the other documents. */
export const readPatiently = (text: string, version: YamlVersion): ReadText => {
  const parsed = maxFlowDepth(text) > 1000 ? undefined : parse(text, version)
  if (parsed === undefined) return { documents: [], refusals: [tooDeep(0)] }
  const documents: ReadDocument[] = []
  const refusals: Refusal[] = []
  for (const document of parsed) {
    const [error] = document.errors
    if (error !== undefined) {
      const [offset] = error.pos
      if (error.code === 'RESOURCE_EXHAUSTION') refusals.push(tooDeep(offset))
      else refusals.push({ code: 'syntax', reason: `is not valid YAML: ${error.message}`, offset })
      continue
    }
    try {
      const reader = new LocatedReader(document)
      const value = reader.read()
      refusals.push(...reader.duplicates)
      documents.push({ value, start: document.contents?.range[0] ?? document.range[0], offsets: reader.offsets })
    } catch (refusal) {
      if (!(refusal instanceof YamlRefused)) throw refusal
      refusals.push({ code: refusal.code, reason: refusal.message, offset: refusal.offset })
    }
  }
  return { documents, refusals }
}
