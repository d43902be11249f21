import type { GitHub } from '../simulator/github.ts'
import type { Asked } from './requests.ts'

export interface Tally {
  sent: number
  answered: number
  /** The answer is not the right one, or does not say why. */
  wrong: string[]
  /** GitHub took two answers, or was given two that differ. */
  doubled: string[]
  /** No answer. */
  lost: string[]
  /** The same answer was given again, because nobody could know that the first had arrived. */
  repeated: number
}

/** Holds what GitHub was answered against what is right. */
export const tally = (github: GitHub, asked: readonly Asked[]): Tally => {
  const result: Tally = { sent: asked.length, answered: 0, wrong: [], doubled: [], lost: [], repeated: 0 }
  const final = github.journal.answers.filter((answer) => answer.state !== undefined)
  for (const { deployment, what, right, says } of asked) {
    const { state, comment, run } = deployment
    const name = `run ${run.id}, ${what}`
    if (state === 'waiting') {
      result.lost.push(name)
      continue
    }
    result.answered += 1
    if (state !== right) result.wrong.push(`${name}: ${state}: ${comment}`)
    else if (!says.test(comment)) result.wrong.push(`${name}: ${state} without ${String(says)}: ${comment}`)
    const given = final.filter((answer) => answer.run === run.id)
    const taken = given.filter(({ status }) => status === 204)
    if (taken.length !== 1 || new Set(given.map((one) => one.state)).size > 1)
      result.doubled.push(`${name}: ${given.map((one) => `${one.state} ${one.status}`).join(', ')}`)
    result.repeated += given.length - taken.length
  }
  return result
}

export const perfect = ({ sent, answered, wrong, doubled, lost }: Tally): boolean =>
  sent === answered && wrong.length + doubled.length + lost.length === 0
