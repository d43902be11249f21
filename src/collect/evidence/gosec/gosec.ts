import * as z from 'zod'
import type { EvidenceFormat } from '../format.ts'
import { JsonShapes } from '../json/shapes.ts'
import { AnalysisReport } from '../scans/analysis-report.ts'
import { line, listOf, name } from '../scans/fields.ts'
import { hasKeys, likeness } from '../scans/json-head.ts'
import { readPaths, refuse, taking } from '../scans/read-paths.ts'
import { severityOfWord } from '../scans/severity.ts'

// `code` is the source itself and is left in the file.
const Issue = z.object({
  severity: line,
  rule_id: name,
  cwe: z.object({ id: line }).nullish(),
  file: line,
  line: line,
  nosec: z.boolean().nullish(),
  suppressions: listOf(z.object({ kind: line })),
})

const Stats = z.object({ files: z.number().nullish() })

/** The JSON of `gosec -fmt json`. */
export const gosec: EvidenceFormat = {
  kind: 'analysis',
  name: 'gosec',
  recognise: (head) =>
    likeness(
      head,
      (first, list) => !list && (first === 'Golang errors' || (first === 'Issues' && hasKeys(head, 'rule_id'))),
    ),
  parse: async (text) => {
    const report = new AnalysisReport(text.path, { tool: 'gosec' })
    let unread = 0
    const shapes = new JsonShapes({ '': 'object', Issues: 'list', Stats: 'object' })
    const refused = await readPaths(
      text,
      {
        'Golang errors.*': () => void unread++,
        'Issues.*': taking(Issue, (issue, at) => {
          if (issue.nosec === true || issue.suppressions.length > 0) return report.suppress()
          const fileLine = Number.parseInt(issue.line ?? '', 10)
          report.add({
            rule: issue.rule_id,
            severity: severityOfWord(issue.severity),
            security: true,
            file: issue.file,
            fileLine: fileLine > 0 ? fileLine : undefined,
            weaknesses: issue.cwe?.id === undefined ? [] : [`CWE-${issue.cwe.id}`],
            baseline: 'unknown',
            line: at.line,
            column: at.column,
          })
        }),
        Stats: taking(Stats, ({ files }) => void (report.about.files = files ?? undefined)),
        GosecVersion: taking(line, (version) => void (report.about.toolVersion = version)),
      },
      { shapes },
    )
    if (refused !== undefined) return { refused }
    if (!shapes.seen.has('Stats')) return refuse('schema', 'lacks its statistics')
    // Where files did not compile they were not looked at, so that no result in them says nothing.
    const whole = unread === 0 && (report.about.files ?? 0) > 0
    return { facts: report.facts(), answers: whole ? ['analysis.result'] : [] }
  },
}
