import { errorCodes, formatDiagnostic, type Diagnostic } from '../../core/errors.ts'
import { plain } from '../../render/plain-text.ts'

/** Diagnostics as a person reads them: a line each, and what to do next, once for each kind. */
export const diagnosticText = (diagnostics: readonly Diagnostic[]): string => {
  const codes = new Set(diagnostics.map(({ code }) => code))
  return [
    ...diagnostics.map((diagnostic) => `error: ${plain(formatDiagnostic(diagnostic))}\n`),
    ...[...codes].map((code) => `hint: ${errorCodes[code]}\n`),
  ].join('')
}
