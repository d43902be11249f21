import type { Diagnostic } from '../../core/errors.ts'
import type { Report } from '../../core/report.ts'

/** What the process says to the shell. */
export const exitCodes = { ok: 0, noGo: 1, usage: 2, bug: 70 } as const

/** The exit code of a verdict. An environment that is only observed holds nothing back. */
export const exitCodeOf = ({ decision, reasons }: Report, diagnostics: readonly Diagnostic[]): number => {
  if (diagnostics.length > 0) return exitCodes.usage
  const observed = reasons.some(({ code }) => code === 'observe-mode')
  return decision === 'no-go' && !observed ? exitCodes.noGo : exitCodes.ok
}
