import { apacheBench } from './apache-bench/apache-bench.ts'
import { artillery } from './artillery/artillery.ts'
import { cargoAudit } from './cargo-audit/cargo-audit.ts'
import { clover } from './clover/clover.ts'
import { cobertura } from './cobertura/cobertura.ts'
import { coveragePy } from './coverage-py/coverage-py.ts'
import { ctrf } from './ctrf/ctrf.ts'
import { cyclonedx } from './cyclonedx/cyclonedx.ts'
import { dependabot } from './dependabot/dependabot.ts'
import { goCover } from './go-cover/go-cover.ts'
import { goTest } from './go-test/go-test.ts'
import { gosec } from './gosec/gosec.ts'
import { govulncheck } from './govulncheck/govulncheck.ts'
import { grype } from './grype/grype.ts'
import { heyCsv } from './hey/hey-csv.ts'
import { hey } from './hey/hey.ts'
import { istanbul } from './istanbul/istanbul.ts'
import { istanbulSummary } from './istanbul/summary.ts'
import { jacoco } from './jacoco/jacoco.ts'
import { jtlCsv } from './jmeter/jtl-csv.ts'
import { jtlXml } from './jmeter/jtl-xml.ts'
import { junit } from './junit/junit.ts'
import { k6Json } from './k6-json/k6-json.ts'
import { k6Summary } from './k6-summary/k6-summary.ts'
import { lcov } from './lcov/lcov.ts'
import { locustHistory, locustStats } from './locust/locust.ts'
import { newman } from './newman/newman.ts'
import { npmAudit } from './npm-audit/npm-audit.ts'
import { oha } from './oha/oha.ts'
import { osvScanner } from './osv-scanner/osv-scanner.ts'
import { pipAudit } from './pip-audit/pip-audit.ts'
import { sarifAnalysis, sarifVulnerabilities } from './sarif/sarif.ts'
import { smokeJunit } from './smoke/smoke-junit.ts'
import { smokeList } from './smoke/smoke-list.ts'
import { snyk } from './snyk/snyk.ts'
import { spdx } from './spdx/spdx.ts'
import { tap } from './tap/tap.ts'
import { trivy } from './trivy/trivy.ts'
import { vegetaJson } from './vegeta/vegeta-json.ts'
import { vegetaResults } from './vegeta/vegeta-results.ts'
import { vegetaText } from './vegeta/vegeta-text.ts'
import { wrk } from './wrk/wrk.ts'
import type { EvidenceFormat } from './format.ts'

/** Every format of evidence that is read. A new format is its own file, named here. */
export const evidenceFormats: readonly EvidenceFormat[] = [
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
]
