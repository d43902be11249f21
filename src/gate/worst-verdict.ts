import { conclusionOf } from './publish-check.ts'
import type { Verdict } from './verdict.ts'

const order = ['failure', 'action_required', 'neutral', 'success'] as const

const rank = ({ report }: Verdict): number => order.indexOf(conclusionOf(report))

/**
 * What the checks of a commit show: of each environment the worst verdict. A commit has one check of a name, whatever it is a
 * change to, and a second pull request to a branch with a milder law must not turn it green.
 * @param judged the verdicts by each way in which the commit is judged
 */
export const worstOf = (judged: readonly (readonly Verdict[])[]): Verdict[] => {
  const worst = new Map<string, Verdict>()
  for (const verdict of judged.flat()) {
    const known = worst.get(verdict.environment)
    if (known === undefined || rank(verdict) < rank(known)) worst.set(verdict.environment, verdict)
  }
  if (judged.length < 2) return [...worst.values()]
  const note = `This commit is judged in ${judged.length} ways, as it is in more than one pull request or branch: this is the worst verdict.`
  return [...worst.values()].map((verdict) => ({ ...verdict, notes: [...verdict.notes, note] }))
}
