import type { Report } from '../core/report.ts'

/** The report as JSON. */
export const json = (report: Report): string => `${JSON.stringify(report, undefined, 2)}\n`
