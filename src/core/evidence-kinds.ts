/** What a pipeline produces and a rule can be about. Without any, such a rule is unknown. */
export const evidenceKinds = ['tests', 'vulnerabilities'] as const
export type EvidenceKind = (typeof evidenceKinds)[number]
