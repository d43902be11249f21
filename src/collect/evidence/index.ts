import type { EvidenceLaw } from './collect-evidence.ts'
import { cargoAudit } from './cargo-audit/cargo-audit.ts'
import { cyclonedx } from './cyclonedx/cyclonedx.ts'
import { dependabot } from './dependabot/dependabot.ts'
import { gosec } from './gosec/gosec.ts'
import { govulncheck } from './govulncheck/govulncheck.ts'
import { grype } from './grype/grype.ts'
import { junit } from './junit/junit.ts'
import { npmAudit } from './npm-audit/npm-audit.ts'
import { osvScanner } from './osv-scanner/osv-scanner.ts'
import { pipAudit } from './pip-audit/pip-audit.ts'
import { sarifAnalysis, sarifVulnerabilities } from './sarif/sarif.ts'
import { foldVulnerabilities } from './scans/fold-vulnerabilities.ts'
import { matchSboms, scansTotal } from './scans/images.ts'
import { snyk } from './snyk/snyk.ts'
import { spdx } from './spdx/spdx.ts'
import { testsTotal } from './tests-total.ts'
import { trivy } from './trivy/trivy.ts'

/** Every format of evidence that is read, and what is made of all of it. A new format is its own file, named here. */
export const evidenceLaw: EvidenceLaw = {
  formats: [
    junit, //
    trivy,
    grype,
    snyk,
    osvScanner,
    govulncheck,
    npmAudit,
    pipAudit,
    dependabot,
    cargoAudit,
    sarifVulnerabilities,
    sarifAnalysis,
    gosec,
    cyclonedx,
    spdx,
  ],
  folds: [
    foldVulnerabilities, //
    matchSboms,
  ],
  summaries: [
    testsTotal, //
    scansTotal,
  ],
}
