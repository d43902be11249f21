import type { Report } from '../core/report.ts'
import { markdown } from './markdown.ts'
import type { RenderOptions } from './renderer.ts'

/** GitHub refuses a longer comment. Characters; UTF-16 units are at least as many. */
const commentLimit = 65_536

/** What a comment says beside the report. */
export interface CommentSetting extends Pick<RenderOptions, 'blobUrl' | 'notes'> {
  /** The hidden first lines by which the comment is found again. */
  marker: string
  limit?: number
}

/** The report as one comment of a pull request, within GitHub's limit. Everything that comes from the repository is inert. */
export const renderComment = (report: Report, { marker, limit = commentLimit, ...options }: CommentSetting): string =>
  `${marker}\n${markdown(report, { ...options, limit: limit - marker.length - 1, full: 'the job summary and the report' })}`
