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
  load: [
    '**/k6*.json',
    '**/*.jtl',
    '**/load-test*.{json,csv,txt,xml}',
    '**/loadtest*.{json,csv,txt,xml}',
    '**/{load-test-results,load-results}/**/*.{json,csv,txt,xml}',
    '**/{hey,wrk,vegeta,apache-bench,ab}*.txt',
    '**/{artillery,vegeta,oha}*.json',
    '**/*_stats.csv',
    '**/*_stats_history.csv',
  ],
  smoke: [
    '**/smoke*.{xml,json,jsonl,txt}',
    '**/{smoke,smoke-tests,smoke-test-results}/**/*.{xml,json,jsonl}',
    '**/newman*.json',
  ],
  sbom: [],
}
