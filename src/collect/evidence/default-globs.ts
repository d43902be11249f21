import type { EvidenceKind } from '../../core/evidence-kinds.ts'

/** Where tools put their results when nobody tells them otherwise. The policy's `evidence` replaces a kind's list. */
export const defaultEvidenceGlobs: Record<EvidenceKind, readonly string[]> = {
  tests: [
    '**/junit*.xml',
    '**/*junit.xml',
    '**/TEST-*.xml',
    '**/test-results/**/*.xml',
    '**/test-reports/**/*.xml',
    '**/surefire-reports/*.xml',
  ],
  coverage: [],
  vulnerabilities: [
    '**/trivy*.json',
    '**/*trivy.json',
    '**/*-trivy-*.json',
    '**/*grype*.json',
    '**/*snyk*.json',
    '**/*osv-scanner*.json',
    '**/osv-results.json',
    '**/*govulncheck*.json',
    '**/*npm-audit*.json',
    '**/*pip-audit*.json',
    '**/*cargo-audit*.json',
    '**/*dependabot-alerts*.json',
    '**/*.sarif',
    '**/*.sarif.json',
  ],
  analysis: ['**/*gosec*.json', '**/*.sarif', '**/*.sarif.json'],
  load: [],
  smoke: [],
  sbom: [
    '**/*.cdx.json',
    '**/*.spdx.json',
    '**/bom.json',
    '**/sbom.json',
    '**/*sbom*.json',
    '**/*cyclonedx*.json',
    '**/*spdx*.json',
  ],
}
