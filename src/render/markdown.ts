import type { Report } from '../core/report.ts'

/** The report as Markdown, of at most `limit` UTF-8 bytes. */
export const renderMarkdown = (report: Report, { limit = Number.POSITIVE_INFINITY }: { limit?: number } = {}): string =>
  [
    `# prodgate: ${report.decision} for ${report.environment}`,
    ...report.results.flatMap(({ rule, findings }) => findings.map(({ path, line }) => `- ${rule} ${path}:${line}`)),
  ]
    .join('\n')
    .slice(0, limit)
