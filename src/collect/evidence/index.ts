import type { EvidenceLaw } from './collect-evidence.ts'
import { clover } from './clover/clover.ts'
import { cobertura } from './cobertura/cobertura.ts'
import { coveragePy } from './coverage-py/coverage-py.ts'
import { coverageTotal } from './coverage/coverage-total.ts'
import { ctrf } from './ctrf/ctrf.ts'
import { goCover } from './go-cover/go-cover.ts'
import { goTest } from './go-test/go-test.ts'
import { istanbul } from './istanbul/istanbul.ts'
import { istanbulSummary } from './istanbul/summary.ts'
import { jacoco } from './jacoco/jacoco.ts'
import { junit } from './junit/junit.ts'
import { lcov } from './lcov/lcov.ts'
import { tap } from './tap/tap.ts'
import { testsTotal } from './tests-total.ts'
import { trivy } from './trivy/trivy.ts'

/** Every format of evidence that is read, and what is made of all of it. A new format is its own file, named here. */
export const evidenceLaw: EvidenceLaw = {
  formats: [
    junit, //
    tap,
    goTest,
    ctrf,
    lcov,
    cobertura,
    clover,
    jacoco,
    goCover,
    coveragePy,
    istanbul,
    istanbulSummary,
    trivy,
  ],
  folds: [],
  summaries: [
    testsTotal, //
    coverageTotal,
  ],
}
