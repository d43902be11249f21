import { usualEnvironment } from '../core/default-environment.ts'
import { formatDiagnostic, type Diagnostic } from '../core/errors.ts'
import type { Reason } from '../core/reason-codes.ts'
import type { Report } from '../core/report.ts'
import type { AssessInput, Assessment } from './question.ts'

/** The report of a question that could not be put to the rules: no-go, with the reasons. */
export const refused = (input: AssessInput, reasons: Reason[]): Report => ({
  schemaVersion: 1,
  tool: { name: 'prodgate', version: input.version },
  subject: input.subject,
  environment: input.environment ?? usualEnvironment,
  decision: 'no-go',
  reasons,
  score: { low: 0, high: 100, minimum: null, confidence: 0, categories: [] },
  results: [],
  plan: [],
  evidence: [],
  refused: [],
  advice: [],
  files: { found: 0, ignored: 0, judged: 0 },
})

/** There is no law to judge by: no-go, with everything that is wrong with it. */
export const mistaken = (
  input: AssessInput,
  code: 'policy-invalid' | 'rules-invalid' | 'history-invalid',
  diagnostics: readonly Diagnostic[],
): Assessment => ({
  report: refused(
    input,
    diagnostics.map((diagnostic) => ({ code, message: formatDiagnostic(diagnostic) })),
  ),
  diagnostics,
  awaitsEvidence: false,
})
