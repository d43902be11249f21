import type { Report } from '../core/report.ts'

/** The report as Markdown, of at most `limit` characters; `full` says where the whole is. */
export const markdown = (
  report: Report,
  { limit = Number.POSITIVE_INFINITY, full = '' }: { limit?: number; full?: string; blobUrl?: string } = {},
): string => {
  const text = [
    `## ${report.decision} for ${report.environment}`,
    ...report.results.flatMap(({ rule, findings }) =>
      findings.map(({ path, line, message }) => `- ${rule} ${path}:${line} ${message}`),
    ),
  ].join('\n')
  const pointer = `\n_Cut here: the whole is in ${full}._\n`
  return text.length <= limit ? text : text.slice(0, limit - pointer.length) + pointer
}
