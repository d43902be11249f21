/**
 * What a pipeline produces and a rule can be about. Without any, such a rule is unknown. `analysis` is static analysis of
 * source text; `vulnerabilities` are scans of packages, images and configuration.
 */
export const evidenceKinds = ['tests', 'coverage', 'vulnerabilities', 'analysis', 'load', 'smoke', 'sbom'] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

/** Who says of which commit a file of evidence is. */
export const shaSources = ['file', 'artifact', 'policy', 'ci', 'git'] as const

/** Who says when a file of evidence was made; `mtime` is the time of the file on the disk. */
export const timeSources = ['file', 'artifact', 'mtime'] as const
