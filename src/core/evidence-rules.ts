import { evidenceKinds, type EvidenceKind } from './evidence-kinds.ts'
import { vocabulary } from './facts/vocabulary.ts'
import type { Rule } from './rule.ts'

const isKind = (topic: string): topic is EvidenceKind => (evidenceKinds as readonly string[]).includes(topic)

/** The kind of evidence that a rule cannot do without: the one that it names, or the one that its facts are made of. */
export const evidenceFor = ({ evidence, for: kind }: Pick<Rule, 'evidence' | 'for'>): EvidenceKind | undefined => {
  const { topic } = vocabulary[kind]
  return evidence ?? (isKind(topic) ? topic : undefined)
}

/** Whether what a rule is about can only come from evidence of a kind that was not found, though the rule does not insist on it. */
export const isUnproven = (rule: Pick<Rule, 'evidence' | 'for'>, found: ReadonlySet<EvidenceKind>): boolean => {
  const kind = evidenceFor(rule)
  return kind !== undefined && !found.has(kind)
}

/** Whether a rule is about the origin of evidence of every kind. */
export const asksOrigin = ({ for: kind }: Pick<Rule, 'for'>): boolean => vocabulary[kind].topic === 'evidence'

/** Whether a rule is about evidence at all, and not about files of the repository alone. */
export const asksEvidence = (rule: Pick<Rule, 'evidence' | 'for'>): boolean =>
  evidenceFor(rule) !== undefined || asksOrigin(rule)

/** The kinds that rules cannot do without and that were not found, in the usual order. */
export const missingKinds = (rules: readonly Rule[], found: ReadonlySet<EvidenceKind>): EvidenceKind[] => {
  const asked = new Set(rules.map(evidenceFor))
  return evidenceKinds.filter((kind) => asked.has(kind) && !found.has(kind))
}
