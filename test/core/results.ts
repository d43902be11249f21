import type { Result, Status } from '../../src/core/result.ts'
import { parseRule } from '../../src/core/parse-rule.ts'
import type { Rule } from '../../src/core/rule.ts'
import type { Severity } from '../../src/core/severity.ts'
import { ruleText } from './rule-source.ts'

/** A valid rule of a severity. */
export const ruleOf = (id: string, severity: Severity, changes: Partial<Rule> = {}): Rule => {
  const parsed = parseRule(ruleText({ severity }), `rules/${id}.yaml`)
  if ('diagnostics' in parsed) throw new Error(JSON.stringify(parsed.diagnostics))
  return { ...parsed.rule, ...changes }
}

export interface Sketch {
  id?: string
  severity?: Severity
  status: Status
  passed?: number
  failed?: readonly string[]
  undecided?: number
  missing?: boolean
  reason?: string | undefined
  effortMinutes?: number
}

/** A result with as many facts passed, failed (by path) and undecided as asked. */
export const resultOf = (sketch: Sketch): Result => ({
  rule: ruleOf(sketch.id ?? 'repository/size', sketch.severity ?? 'high', {
    effortMinutes: sketch.effortMinutes ?? 30,
  }),
  status: sketch.status,
  missing: sketch.missing ?? false,
  ...(sketch.reason === undefined ? {} : { reason: sketch.reason }),
  passed: sketch.passed ?? (sketch.status === 'pass' ? 1 : 0),
  findings: (sketch.failed ?? (sketch.status === 'fail' || sketch.status === 'waived' ? ['shop/app.yaml'] : [])).map(
    (path, index) => ({
      place: { path, line: index + 1, column: 1 },
      subject: `service shop${index}`,
      message: 'is too small',
      fingerprint: String(index).padStart(16, '0'),
    }),
  ),
  undecided: Array.from({ length: sketch.undecided ?? 0 }, (_, index) => ({
    place: { path: 'shop/computed.yaml', line: index + 1, column: 1 },
    subject: 'service computed',
    reason: 'is computed',
  })),
})
