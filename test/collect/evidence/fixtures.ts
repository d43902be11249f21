import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Evidence, EvidenceFormat, EvidenceText, Parsed } from '../../../src/collect/evidence/format.ts'
import { factKinds, type Fact, type FactKind } from '../../../src/core/facts/index.ts'

const root = join(import.meta.dirname, '../../fixtures/evidence')

export const fixture = (path: string): string => readFileSync(join(root, path), 'utf8')

export const fixtures = (folder: string): string[] => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`)

/** A text that comes in pieces of a length that meets no boundary of any format. */
export const inPieces = (text: string, length = 1013, path = 'out/evidence'): EvidenceText => ({
  path,
  chunks: (async function* () {
    for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length)
  })(),
})

export const parse = (format: EvidenceFormat, text: string, path?: string): Promise<Parsed> =>
  format.parse(inPieces(text, 1013, path))

/** The evidence of a text that has to be taken; every fact of it is checked against its schema. */
export const taken = async (format: EvidenceFormat, text: string): Promise<Evidence> => {
  const parsed = await parse(format, text)
  if ('refused' in parsed) throw new Error(`refused: ${JSON.stringify(parsed.refused)}`)
  for (const { kind, value } of parsed.facts) expect(factKinds[kind].schema.strict().parse(value)).toEqual(value)
  return parsed
}

/** The refusal of a text that must not be taken. */
export const refusal = (parsed: Parsed) => {
  if (!('refused' in parsed)) throw new Error('was taken')
  return parsed.refused
}

export const of = <K extends FactKind>({ facts }: { facts: readonly Fact[] }, kind: K): Fact<K>[] =>
  facts.filter((fact) => fact.kind === kind) as unknown as Fact<K>[]
