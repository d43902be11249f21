/**
 * What a pipeline produces and a rule can be about. Without any, such a rule is unknown. `analysis` is static analysis of
 * source text; `vulnerabilities` are scans of packages, images and configuration.
 */
export const evidenceKinds = ['tests', 'coverage', 'vulnerabilities', 'analysis', 'load', 'smoke', 'sbom'] as const
export type EvidenceKind = (typeof evidenceKinds)[number]
