import type { Report } from '../../core/report.ts'
import { cutLines, utf8Bytes } from '../../render/cut.ts'
import { inert } from '../../render/inert.ts'
import { renderMarkdown } from '../../render/markdown.ts'
import type { Law } from './law.ts'

/** GitHub refuses a longer job summary of one step. Bytes: 1 MiB. */
export const summaryLimit = 1_048_576

/** The job summary: the report, by which policy it was judged, and where the rest is when it was cut. */
export const summaryOf = (report: Report, law: Law, reportPath: string): string => {
  const notes = [
    ...law.notices.map((notice) => `> ${inert(notice)}\n\n`),
    law.origin && `${inert(law.origin)}\n\n`,
  ].join('')
  const room = summaryLimit - utf8Bytes(notes)
  const pointer = `*Cut at GitHub's limit of 1 MiB. The whole report is in ${inert(reportPath)} on the runner.*`
  return notes + cutLines(renderMarkdown(report), room, utf8Bytes, pointer)
}
