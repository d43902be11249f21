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
  vulnerabilities: ['**/trivy*.json', '**/*trivy.json', '**/*-trivy-*.json'],
  analysis: [],
  load: [],
  smoke: [],
  sbom: [],
}
