import { expect, test } from 'vitest'
import { logLine } from '../../../src/hosts/action/output.ts'
import { summaryLimit, summaryOf } from '../../../src/hosts/action/summary.ts'
import { finding, report, result } from '../../sample-report.ts'

const law = { policy: undefined, customRules: [], origin: 'Judged by @acme of main.', notices: ['<b>differs</b>'] }

test('says by which policy it was judged, inertly', () => {
  const summary = summaryOf(report(), law, '/tmp/report.json', undefined)
  expect(summary).toMatch(/^> &lt;b&gt;differs/)
  expect(summary).not.toContain('@acme')
})

test.each([
  ['of one byte', 'long '],
  ['of three bytes', '店'.repeat(5)],
])('is cut by bytes, whole at its end: characters %s', (_, word) => {
  const findings = Array.from({ length: 4000 }, (__, n) => finding({ message: `${n} ${word.repeat(60)}` }))
  const summary = summaryOf(report([result({ findings })]), law, '/tmp/report.json', undefined)
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(summaryLimit)
})

test.each(['::set-output name=decision::go', '##[error]x', 'a\n::error::b', 'a\r##[add-mask]b'])(
  '%j is no order to the runner',
  (text) => {
    expect(logLine(text)).not.toMatch(/^\s*::|##\[|[\r\n]/)
  },
)
