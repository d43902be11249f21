import { withDecision, type History, type Values } from '../core/history.ts'
import type { Asked } from './law.ts'
import type { Assessment } from './question.ts'

/** The assessment with the history that this decision stands in, where one is kept and the decision lets a commit through. */
export const keepHistory = (
  assessment: Assessment,
  { subject, environment, now }: Asked,
  kept: { path: string; history: History } | undefined,
  values: Values,
): Assessment => {
  const { decision } = assessment.report
  const { sha } = subject
  if (kept === undefined || decision === 'no-go' || sha === null) return assessment
  const text = withDecision(kept.history, { sha, environment, at: now, decision, values })
  return { ...assessment, history: { path: kept.path, text } }
}
