import type { Report } from '../core/report.ts'
import { outlineOf } from '../render/outline.ts'
import { plain } from '../render/plain-text.ts'

/** What a waiver is good for where nobody says another. Milliseconds. */
const month = 30 * 86_400_000

/** More than these belong into more than one conversation. */
const most = 50

/** A YAML string that nothing in it can end: JSON's are YAML's. */
const quoted = (text: string): string => JSON.stringify(plain(text).replaceAll('`', "'"))

/** The waivers that would be needed, ready for the policy. Asking for them changes nothing. */
export const waiverText = (report: Report, sender: string, now: Date): string => {
  const outline = outlineOf(report)
  const missing = outline.unknowns.filter(({ blocking }) => blocking).flatMap(({ results }) => results)
  const rules = [...outline.blockers, ...missing.filter(({ blocking }) => blocking)]
  if (rules.length === 0) return 'No rule stands in the way, so there is nothing to waive.'
  const expires = new Date(now.getTime() + month).toISOString().slice(0, 10)
  const waivers = rules.slice(0, most).flatMap(({ rule, findings, status }) => {
    const paths = [
      ...new Set(findings.filter(({ waived, path }) => waived === undefined && path !== '.').map(({ path }) => path)),
    ]
    const some = status === 'fail' && paths.length > 0 && paths.length <= 20
    return [
      `  - rule: ${quoted(rule)}`,
      ...(some ? [`    paths: [${paths.map(quoted).join(', ')}]`] : []),
      '    reason: "say why this may wait"',
      `    owner: ${quoted(sender)}`,
      `    expires: ${expires}`,
    ]
  })
  return [
    'Waivers count once they are in `.github/prodgate.yml` of the base branch, approved by somebody else. These would be needed:',
    '',
    '```yaml',
    'waivers:',
    ...waivers,
    '```',
  ].join('\n')
}
