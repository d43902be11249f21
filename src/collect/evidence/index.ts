import type { EvidenceFormat } from './format.ts'

/** Every format of evidence that is read. A new one is its own file, named here. */
export const evidenceFormats: readonly EvidenceFormat[] = []
