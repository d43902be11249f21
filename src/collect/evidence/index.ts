import { apacheBench } from './apache-bench/apache-bench.ts'
import { artillery } from './artillery/artillery.ts'
import type { EvidenceLaw } from './collect-evidence.ts'
import { heyCsv } from './hey/hey-csv.ts'
import { hey } from './hey/hey.ts'
import { jtlCsv } from './jmeter/jtl-csv.ts'
import { jtlXml } from './jmeter/jtl-xml.ts'
import { junit } from './junit/junit.ts'
import { k6Json } from './k6-json/k6-json.ts'
import { k6Summary } from './k6-summary/k6-summary.ts'
import { loadTotal } from './load/total.ts'
import { locustHistory, locustStats } from './locust/locust.ts'
import { newman } from './newman/newman.ts'
import { oha } from './oha/oha.ts'
import { smokeJunit } from './smoke/smoke-junit.ts'
import { smokeList } from './smoke/smoke-list.ts'
import { smokeTotal } from './smoke/total.ts'
import { testsTotal } from './tests-total.ts'
import { trivy } from './trivy/trivy.ts'
import { vegetaJson } from './vegeta/vegeta-json.ts'
import { vegetaResults } from './vegeta/vegeta-results.ts'
import { vegetaText } from './vegeta/vegeta-text.ts'
import { wrk } from './wrk/wrk.ts'

/** Every format of evidence that is read, and what is made of all of it. A new format is its own file, named here. */
export const evidenceLaw: EvidenceLaw = {
  formats: [
    junit, //
    trivy,
    k6Summary,
    k6Json,
    hey,
    heyCsv,
    apacheBench,
    wrk,
    jtlCsv,
    jtlXml,
    artillery,
    locustStats,
    locustHistory,
    vegetaJson,
    vegetaText,
    vegetaResults,
    oha,
    smokeJunit,
    smokeList,
    newman,
  ],
  folds: [],
  summaries: [testsTotal, loadTotal, smokeTotal],
}
