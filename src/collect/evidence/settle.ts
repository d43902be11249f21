import type { Fact } from '../../core/facts/index.ts'
import type { EvidenceFile } from '../../ports/evidence-files.ts'
import type { Evidence, Refusal } from './format.ts'
import { wholeFile, type Read } from './read-one.ts'

/** One file of a kind, and what became of it. */
export interface Reading {
  file: EvidenceFile
  read: Exclude<Read, { skipped: true }>
}

/** What a file is worth among the others of its kind. */
interface Settled extends Reading {
  refused?: Refusal
  /** Whether its refusal holds back what the kind's rules would say. */
  blocks: boolean
  facts: readonly Fact[]
  /** Whether it is evidence. */
  counts: boolean
}

const emptiness = ({ empty, facts }: Evidence): Refusal | undefined => {
  if (empty !== undefined) return wholeFile('empty', empty)
  const runs = facts.filter((fact): fact is Fact<'tests.run'> => fact.kind === 'tests.run')
  return runs.length > 0 && runs.every(({ value }) => value.total === 0)
    ? wholeFile('empty', 'lists no test')
    : undefined
}

/**
 * Weighs the files of one kind beside each other. A file that git tracks is a claim: its bad news is believed, and its good
 * news is not. Beside evidence from a pipeline, a tracked file that nobody named is taken for test data, and an empty one
 * (a module without tests) holds nothing back.
 */
export const settle = (readings: readonly Reading[], named: boolean): Settled[] => {
  const weighed = readings.map((reading) => {
    const { read } = reading
    const refused = read.refused ?? ('evidence' in read ? emptiness(read.evidence) : undefined)
    return { ...reading, refused, facts: 'evidence' in read ? read.evidence.facts : [] }
  })
  const real = weighed.some(({ refused }) => refused === undefined)
  return weighed.map(({ refused, facts, ...reading }) => {
    if (refused === undefined) return { ...reading, facts, blocks: false, counts: true }
    const aside = real && !named && refused.code === 'committed'
    const blocks = !(aside || (real && refused.code === 'empty'))
    return { ...reading, refused, facts: aside ? [] : facts, blocks, counts: false }
  })
}
