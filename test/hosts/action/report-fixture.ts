import type { Report, ReportFinding, ReportResult } from '../../../src/core/report.ts'

export const finding = (changes: Partial<ReportFinding> = {}): ReportFinding => ({
  path: 'k8s/api.yaml',
  line: 14,
  column: 9,
  subject: 'Deployment/shop/api container web',
  message: 'container web has no readiness probe',
  fingerprint: 'f1',
  ...changes,
})

export const result = (changes: Partial<ReportResult> = {}): ReportResult => ({
  rule: 'kubernetes/readiness-probe',
  title: 'Containers that take traffic declare a readiness probe',
  category: 'kubernetes',
  severity: 'high',
  blocking: true,
  status: 'fail',
  effortMinutes: 15,
  findings: [finding()],
  undecided: [],
  why: 'A pod gets requests before it can answer them.',
  fix: 'Add a readinessProbe.',
  references: [],
  ...changes,
})

/** The verdict on a shop. */
export const report = (changes: Partial<Report> = {}): Report => ({
  schemaVersion: 1,
  tool: { name: 'prodgate', version: '1.0.0' },
  subject: { repository: 'acme/shop', sha: null, directory: '.' },
  environment: 'production',
  decision: 'no-go',
  reasons: [{ code: 'blocking-failure', message: '1 blocking rule fails: kubernetes/readiness-probe' }],
  score: { low: 62, high: 80, minimum: 80, confidence: 90, categories: [] },
  results: [result()],
  plan: [{ rule: 'kubernetes/readiness-probe', when: 'before-deploy', gain: 20, effortMinutes: 15 }],
  evidence: [],
  files: { found: 3, ignored: 0, judged: 3 },
  ...changes,
})
