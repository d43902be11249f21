import type { Report, ReportFinding, ReportResult } from '../core/report.ts'
import { escapeControls, plain } from './plain-text.ts'
import type { Renderer } from './renderer.ts'
import { sarifLocation } from './sarif-location.ts'
import { sarifLevel, sarifRule } from './sarif-rule.ts'

/** Code scanning refuses a run with more results. https://docs.github.com/en/code-security/reference/code-scanning/sarif-support */
export const maxResults = 25_000

const sarifResult = (result: ReportResult, index: number, finding: ReportFinding, directory: string): object => ({
  ruleId: result.rule,
  ruleIndex: index,
  kind: 'fail',
  level: sarifLevel(result.severity),
  message: { text: plain(finding.message) },
  locations: [
    {
      ...sarifLocation(finding, directory),
      logicalLocations: [{ fullyQualifiedName: plain(finding.subject) }],
    },
  ],
  // Code scanning follows an alert by the first; the second is for everybody else.
  partialFingerprints: { primaryLocationLineHash: `${finding.fingerprint}:1`, 'prodgate/v1': finding.fingerprint },
  ...(finding.known === true ? { baselineState: 'unchanged' } : {}),
  ...(finding.waived === undefined
    ? {}
    : {
        suppressions: [
          {
            kind: 'external',
            status: 'accepted',
            justification: plain(`${finding.waived.reason} (${finding.waived.owner}, until ${finding.waived.expires})`),
          },
        ],
      }),
})

const notification = (level: string, text: string, more: object = {}): object => ({
  level,
  message: { text: plain(text) },
  ...more,
})

const about = (result: ReportResult, index: number): object => ({ associatedRule: { id: result.rule, index } })

/** What is no finding and must not be lost: rules that broke or could not be judged, and things they could not resolve. */
const notifications = ({ results, subject, reasons }: Report): object[] => [
  ...reasons.map(({ code, message }) => notification('note', message, { descriptor: { id: code } })),
  ...results.flatMap((result, index) => [
    ...(result.status === 'unknown' || result.status === 'error'
      ? [
          notification(
            result.status === 'error' ? 'error' : 'warning',
            `${result.rule} is ${result.status}: ${result.reason ?? ''}`,
            about(result, index),
          ),
        ]
      : []),
    ...result.undecided.map((item) =>
      notification('note', `${item.subject}: ${item.reason}`, {
        ...about(result, index),
        locations: [sarifLocation({ ...item, column: 1 }, subject.directory)],
      }),
    ),
  ]),
]

const noLaw = new Set(['policy-invalid', 'rules-invalid', 'environment-unknown'])

/** SARIF 2.1.0, for code scanning and for every viewer that reads it. Findings are results; what is unknown is a notification. */
export const sarif: Renderer = (report) => {
  const { tool, results, environment, decision, score, reasons, subject } = report
  const all = results.flatMap((result, index) =>
    result.findings.map((finding) => ({ result, index, finding, weight: result.blocking ? 0 : 1 })),
  )
  const kept = all.length <= maxResults ? all : all.sort((a, b) => a.weight - b.weight).slice(0, maxResults)
  const cut = all.length - kept.length
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            version: tool.version,
            semanticVersion: tool.version,
            rules: results.map(sarifRule),
          },
        },
        automationDetails: { id: `prodgate/${encodeURIComponent(plain(environment))}/` },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: !reasons.some(({ code }) => noLaw.has(code)),
            toolExecutionNotifications: [
              ...(cut === 0
                ? []
                : [notification('warning', `${cut} findings were left out: a run holds ${maxResults}`)]),
              ...notifications(report),
            ],
          },
        ],
        results: kept.map(({ result, index, finding }) => sarifResult(result, index, finding, subject.directory)),
        properties: { decision, environment: plain(environment), score: { low: score.low, high: score.high } },
      },
    ],
  }
  return `${escapeControls(JSON.stringify(log, undefined, 2))}\n`
}
