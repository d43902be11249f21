import type { Report } from '../../core/report.ts'
import { markdownPlain } from '../../render/markdown-text.ts'
import { markdown } from '../../render/markdown.ts'
import type { Law } from './law.ts'

/** GitHub refuses a longer job summary of one step. Bytes: 1 MiB. */
export const summaryLimit = 1_048_576

/**
 * The job summary: by which policy it was judged, then the report, cut with a pointer to the whole where it is too long.
 * @param full where the whole report is
 */
export const summaryOf = (report: Report, law: Law, full: string, blobUrl: string | undefined): string => {
  const notes = [...law.notices.map((notice) => `> ${markdownPlain(notice)}`), markdownPlain(law.origin)].filter(
    (note) => note !== '',
  )
  const top = notes.map((note) => `${note}\n\n`).join('')
  const room = summaryLimit - Buffer.byteLength(top)
  const options = { full, ...(blobUrl === undefined ? {} : { blobUrl }) }
  const text = markdown(report, { ...options, limit: room })
  if (Buffer.byteLength(text) <= room) return top + text
  // The renderer counts UTF-16 units, and one of them is three bytes at the most.
  return top + markdown(report, { ...options, limit: Math.floor(room / 3) })
}
