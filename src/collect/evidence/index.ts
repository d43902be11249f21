import type { EvidenceLaw } from './collect-evidence.ts'
import { junit } from './junit/junit.ts'
import { testsTotal } from './tests-total.ts'
import { trivy } from './trivy/trivy.ts'

/** Every format of evidence that is read, and what is made of all of it. A new format is its own file, named here. */
export const evidenceLaw: EvidenceLaw = {
  formats: [
    junit, //
    trivy,
  ],
  folds: [],
  summaries: [
    testsTotal, //
  ],
}
