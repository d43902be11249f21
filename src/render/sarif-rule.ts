import type { ReportResult } from '../core/report.ts'
import type { Severity } from '../core/severity.ts'
import { markdownText } from './markdown-text.ts'
import { plain } from './plain-text.ts'
import { duration } from './words.ts'

// What code scanning shows as critical (over 9.0), high (7.0 to 8.9), medium (4.0 to 6.9) and low.
const securitySeverity: Record<Severity, string> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' }

/** The SARIF level of a severity. */
export const sarifLevel = (severity: Severity): 'error' | 'warning' | 'note' =>
  ({ critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const)[severity]

const isUrl = (reference: string): boolean => /^https?:\/\/[^\s<>"]+$/.test(reference) && URL.canParse(reference)

/** A result's rule as a SARIF reporting descriptor, with help as text and as markdown. */
export const sarifRule = (result: ReportResult): object => {
  const { rule, title, category, severity, why, fix, effortMinutes, references } = result
  const url = references.find(isUrl)
  const others = references.filter((reference) => !isUrl(reference)).map(plain)
  const effort = duration(effortMinutes)
  return {
    id: rule,
    name: plain(title),
    shortDescription: { text: plain(title) },
    fullDescription: { text: plain(why) },
    help: {
      text: [plain(why), `Fix (${effort}): ${plain(fix)}`, others.length === 0 ? '' : `See also ${others.join(', ')}.`]
        .filter((part) => part !== '')
        .join('\n\n'),
      markdown: [
        markdownText(why),
        `**Fix** (${effort}): ${markdownText(fix)}`,
        others.length === 0 ? '' : `See also ${others.map(markdownText).join(', ')}.`,
      ]
        .filter((part) => part !== '')
        .join('\n\n'),
    },
    ...(url === undefined ? {} : { helpUri: url }),
    defaultConfiguration: { level: sarifLevel(severity) },
    properties: {
      tags: ['production-readiness', plain(category)],
      precision: 'high',
      'problem.severity': { error: 'error', warning: 'warning', note: 'recommendation' }[sarifLevel(severity)],
      'security-severity': securitySeverity[severity],
    },
  }
}
