import type { Report } from '../core/report.ts'

/** The report as SARIF 2.1.0. */
export const sarif = (report: Report): string =>
  JSON.stringify({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'prodgate' } },
        results: report.results.flatMap(({ rule, findings }) =>
          findings.map(({ path, line, message }) => ({
            ruleId: rule,
            message: { text: message },
            locations: [{ physicalLocation: { artifactLocation: { uri: path }, region: { startLine: line } } }],
          })),
        ),
      },
    ],
  })
