import type { Collector, Sink, TextFile } from '../collector.ts'
import { defined } from '../shape.ts'
import { ignoredBy } from '../repository/ignore-lists.ts'
import { mask } from '../secrets/value.ts'
import type { Tree } from '../tree.ts'
import { readDrawings } from './drawings.ts'
import { fractionsIn } from './fractions.ts'
import { credentialIn, gapIn, unmeasuredIn } from './gaps.ts'
import { readMarkdown, type MarkdownLine } from './markdown.ts'
import { repairMojibake } from './mojibake.ts'
import { endsSome, readReferences } from './references.ts'
import { isReport, readMarks, readyWords, titleOf } from './report.ts'
import { readScores } from './scores.ts'

/** Larger documents are generated. Bytes. */
const maxDocument = 512_000

const notOurs = /(?:^|\/)(?:node_modules|vendor|third_party|testdata)\//
const runbook = /run-?_?book|on-?call|incident|playbook/i

const at = (path: string, line: number, column = 1) => ({ path, line, column })

const collectReport = (file: TextFile, lines: readonly MarkdownLine[], tree: Tree, sink: Sink): void => {
  const { path } = file
  const marks = readMarks(lines)
  const scores = readScores(lines)
  const title = titleOf(lines)
  sink.fact({
    kind: 'documents.report',
    subject: `report ${title === '' ? path : title}`,
    place: at(path, marks.status?.line ?? 1),
    places: defined({
      approval: at(path, marks.approvals[0] ?? 1),
      open: at(path, marks.beforeDeploy[0] ?? 1),
      score: at(path, scores.stated?.line ?? 1),
    }),
    value: defined({
      title,
      declaresReady: marks.status !== undefined,
      status: (marks.status?.words ?? '').slice(0, 120),
      ticked: marks.ticked,
      open: marks.open,
      emptyApprovals: marks.approvals.length,
      openBeforeDeploy: marks.beforeDeploy.length,
      statedScore: scores.stated?.value,
      computedScore: scores.computed,
      categories: scores.categories.length,
    }),
  })
  for (const { label, values, line, consistent } of scores.categories)
    sink.fact({
      kind: 'documents.score',
      subject: `category ${label}`,
      place: at(path, line),
      value: { category: label, values, consistent },
    })
  for (const line of lines) {
    const printed = credentialIn(line)
    if (printed !== undefined)
      sink.fact({
        kind: 'documents.printed-credential',
        subject: `credentials of ${printed.user}`,
        place: at(path, line.number, printed.column),
        value: { user: printed.user, masked: mask(printed.password) },
      })
    const word = unmeasuredIn(line)
    if (word !== undefined)
      sink.fact({
        kind: 'documents.unmeasured',
        subject: `claim in ${line.section}`,
        place: at(path, line.number),
        value: { word },
      })
  }
  for (const { path: target, line } of readDrawings(lines))
    sink.fact({
      kind: 'documents.reference',
      subject: `path ${target}`,
      place: at(path, line.number),
      value: { target, form: 'drawing', exists: endsSome(tree, target), ignored: false, report: true },
    })
}

/** Markdown documents: what readiness reports claim, what they leave open, and whether what documents name is there. */
export const documents: Collector = {
  topic: 'documents',
  claims: ({ path, size }) => size <= maxDocument && /\.(?:md|markdown|mdx)$/i.test(path) && !notOurs.test(path),
  // A document in another encoding tells nothing that a verdict hangs on.
  recognises: () => false,
  collect: (file, sink, tree) => {
    const lines = readMarkdown(repairMojibake(file.text))
    const report = isReport(file.path, lines)
    if (report) collectReport(file, lines, tree, sink)
    for (const { form, target, line, column, exists } of readReferences(file.path, lines, tree, report))
      sink.fact({
        kind: 'documents.reference',
        subject: `${form} ${target}`,
        place: at(file.path, line, column),
        value: { target, form, exists, ignored: false, report },
      })
    const gaps = report || runbook.test(file.path)
    const signed = lines.some((line) => readyWords(line) !== undefined)
    for (const line of lines) {
      const gap = gaps ? gapIn(line, signed) : undefined
      if (gap !== undefined)
        sink.fact({
          kind: 'documents.placeholder',
          subject: `gap in ${line.section}`,
          place: at(file.path, line.number),
          value: { text: gap, heading: line.section },
        })
      for (const { text, percent, computed, column } of fractionsIn(line.text))
        sink.fact({
          kind: 'documents.fraction',
          subject: `fraction ${text}`,
          place: at(file.path, line.number, column),
          value: { text, percent, computed, agrees: Math.abs(percent - computed) <= 1, report },
        })
    }
  },
  relate: (collected) => {
    const ignored = ignoredBy(collected)
    for (const { value } of collected.of('documents.reference'))
      if (!value.exists) value.ignored = ignored(value.target.replace(/^\.\//, ''))
  },
}
