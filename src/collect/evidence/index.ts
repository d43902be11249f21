import type { EvidenceLaw } from './collect-evidence.ts'
import { coverageTotal } from './coverage/coverage-total.ts'
import { loadTotal } from './load/total.ts'
import { foldVulnerabilities } from './scans/fold-vulnerabilities.ts'
import { matchSboms, scansTotal } from './scans/images.ts'
import { smokeTotal } from './smoke/total.ts'
import { testsTotal } from './tests-total.ts'

/** How evidence is read, and what is made of all of it. The formats are loaded for a repository that has some. */
export const evidenceLaw: EvidenceLaw = {
  formats: async () => (await import('./formats.ts')).evidenceFormats,
  folds: [
    foldVulnerabilities, //
    matchSboms,
  ],
  summaries: [
    testsTotal, //
    coverageTotal,
    scansTotal,
    loadTotal,
    smokeTotal,
  ],
}
