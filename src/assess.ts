import { judge } from './assess/judge.ts'
import { keepHistory } from './assess/keep-history.ts'
import { readLaw } from './assess/law.ts'
import { look } from './assess/look.ts'
import type { AssessInput, Assessment } from './assess/question.ts'
import { mistaken } from './assess/refusal.ts'
import { historyFrom } from './core/history.ts'

export type { AssessInput, Assessment }

/**
 * Judges a repository for one environment: the one use case that the Action, the App and the command line share.
 * A mistake in the policy is a no-go with its diagnostics; so is an environment that the policy does not know.
 */
export const assess = async (input: AssessInput): Promise<Assessment> => {
  const law = await readLaw(input)
  if ('refusal' in law) return law.refusal
  const { asked, policy } = law
  const past = historyFrom(await input.history?.(policy.history))
  if ('diagnostics' in past) return mistaken(asked, 'history-invalid', past.diagnostics)
  const { kept } = past
  const sight = await look(law, kept?.history)
  const assessment = await judge(law, sight)
  return keepHistory(assessment, asked, kept, sight.seen.values)
}
