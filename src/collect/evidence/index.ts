import type { Fact } from '../../core/facts/index.ts'
import type { EvidenceFormat } from './format.ts'
import { junit } from './junit/junit.ts'
import { testsTotal } from './tests-total.ts'
import { trivy } from './trivy/trivy.ts'

/** Every format of evidence that is read. A new one is its own file, named here. */
export const evidenceFormats: readonly EvidenceFormat[] = [junit, trivy]

/** What only all files together show. */
export const evidenceSummaries: readonly ((facts: readonly Fact[]) => Fact[])[] = [testsTotal]
