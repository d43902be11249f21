import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Evidence, EvidenceFormat, Parsed } from '../../../src/collect/evidence/format.ts'
import { factKinds, type Fact, type FactKind } from '../../../src/core/facts/index.ts'

const root = join(import.meta.dirname, '../../fixtures/evidence')

export const fixture = (path: string): string => readFileSync(join(root, path), 'utf8')

export const fixtures = (folder: string): string[] => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`)

/** The evidence of a text that has to be taken; every fact of it is checked against its schema. */
export const taken = (format: EvidenceFormat, text: string): Evidence => {
  const parsed = format.parse('out/evidence', text)
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
