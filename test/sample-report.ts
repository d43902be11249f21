import type { Report, ReportFinding, ReportResult } from '../src/core/report.ts'

/** A finding of a shop's repository; what matters to a test is given. */
export const finding = (given: Partial<ReportFinding> = {}): ReportFinding => ({
  path: 'k8s/api.yaml',
  line: 14,
  column: 7,
  subject: 'Deployment/shop/api container web',
  message: 'container web has no readiness probe',
  fingerprint: '0123456789abcdef',
  ...given,
})

/** A result of a rule; a failure that blocks unless something else is given. */
export const result = (given: Partial<ReportResult> = {}): ReportResult => ({
  rule: 'kubernetes/readiness-probe',
  title: 'Containers that take traffic declare a readiness probe',
  category: 'kubernetes',
  severity: 'high',
  blocking: true,
  status: 'fail',
  effortMinutes: 15,
  findings: given.status === undefined || given.status === 'fail' ? [finding()] : [],
  undecided: [],
  why: 'A pod gets requests before it can answer them.',
  fix: 'Add a `readinessProbe` that fails until the process can serve.',
  references: ['checkov:CKV_K8S_9', 'https://kubernetes.io/docs/concepts/'],
  ...given,
})

/** A no-go report of the shop with the results given, else with one failure. */
export const report = (results: readonly ReportResult[] = [result()], given: Partial<Report> = {}): Report => ({
  schemaVersion: 1,
  tool: { name: 'prodgate', version: '1.2.3' },
  subject: { repository: 'acme/shop', sha: '0123456789abcdef0123456789abcdef01234567', directory: '.' },
  environment: 'production',
  decision: 'no-go',
  reasons: [{ code: 'blocking-failure', message: '1 blocking rule fails: kubernetes/readiness-probe' }],
  score: {
    low: 41,
    high: 77,
    minimum: 80,
    confidence: 64,
    categories: [{ id: 'kubernetes', low: 41, high: 77, confidence: 64, pass: 1, fail: 1, unknown: 0 }],
  },
  results: [...results],
  plan: results
    .filter(({ status }) => status === 'fail')
    .map(({ rule, effortMinutes }) => ({ rule, when: 'before-deploy', gain: 12.5, effortMinutes })),
  evidence: [{ kind: 'tests', format: 'junit', path: 'out/junit.xml', sha: null, createdAt: null }],
  refused: [],
  advice: [],
  files: { found: 20, ignored: 2, judged: 9 },
  ...given,
})
