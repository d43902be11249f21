import { isKnown } from './baseline.ts'
import { asksEvidence } from './evidence-rules.ts'
import type { Environment } from './policy-file.ts'
import { reasonCodes, type Reason, type ReasonCode } from './reason-codes.ts'
import type { Result } from './result.ts'
import type { Score } from './score.ts'
import { atLeast } from './severity.ts'
import { soakState, type SoakProof } from './soak.ts'
import { inWindow } from './windows.ts'

export type Decision = 'go' | 'conditional' | 'no-go'

/** The decision that follows from the reasons alone: the worst effect among them. */
export const decisionOf = (reasons: readonly Reason[]): Decision => {
  const effects = new Set(reasons.map(({ code }) => reasonCodes[code].effect))
  if (effects.has('no-go')) return 'no-go'
  return effects.has('conditional') ? 'conditional' : 'go'
}

const names = (results: readonly Result[]): string => {
  const shown = results.slice(0, 5).map(({ rule }) => rule.id)
  return results.length > shown.length
    ? `${shown.join(', ')} and ${results.length - shown.length} more`
    : shown.join(', ')
}

const counted = (results: readonly Result[], one: string, many: string): string =>
  `${results.length} ${results.length === 1 ? one : many}: ${names(results)}`

/** Whether a rule of this environment forbids a deployment when it fails or is unknown. */
export const isBlocking = (result: Result, environment: Environment): boolean =>
  atLeast(result.rule.severity, environment.blocking)

/** Whether a result stands in the way of the deployment by itself. */
export const blocks = (result: Result, environment: Environment): boolean =>
  isBlocking(result, environment) &&
  ((result.status === 'fail' && !isKnown(result)) ||
    result.status === 'error' ||
    (result.status === 'unknown' && result.missing))

const ruleReasons = (results: readonly Result[], environment: Environment): Reason[] => {
  const blocking = results.filter((result) => isBlocking(result, environment))
  const having = (status: Result['status']): Result[] => blocking.filter((result) => result.status === status)
  const below = results.filter(
    (result) => result.status === 'fail' && !isBlocking(result, environment) && atLeast(result.rule.severity, 'high'),
  )
  const open = blocking.filter(
    ({ status, undecided, missing }) => undecided.length > 0 && status !== 'waived' && !missing,
  )
  const groups: [ReasonCode, Result[], string, string][] = [
    ['rule-error', having('error'), 'blocking rule broke', 'blocking rules broke'],
    [
      'blocking-failure',
      having('fail').filter((result) => !isKnown(result)),
      'blocking rule fails',
      'blocking rules fail',
    ],
    [
      'blocking-unknown',
      having('unknown').filter(({ missing }) => missing),
      'blocking rule is unknown',
      'blocking rules are unknown',
    ],
    [
      'known-findings',
      having('fail').filter(isKnown),
      'blocking rule fails as it did before',
      'blocking rules fail as they did before',
    ],
    ['waived', having('waived'), 'blocking rule is waived', 'blocking rules are waived'],
    ['below-blocking', below, 'serious rule fails without blocking here', 'serious rules fail without blocking here'],
    ['undecided', open, 'blocking rule could not decide everything', 'blocking rules could not decide everything'],
  ]
  return groups.flatMap(([code, list, one, many]) =>
    list.length === 0 ? [] : [{ code, message: counted(list, one, many) }],
  )
}

/** What is known of the commit beside its files. */
export interface Standings {
  /** The roles that signed the commit off. */
  signedOff?: ReadonlySet<string>
  /** Where it ran before. */
  soak?: SoakProof | undefined
}

const conditionReasons = (
  environment: Environment,
  now: Date,
  { signedOff = new Set(), soak: proof }: Standings,
): Reason[] => {
  const reasons: Reason[] = []
  const say = (code: ReasonCode, message: string): number => reasons.push({ code, message })
  const roles = environment['sign-offs'].map(({ role }) => role).filter((role) => !signedOff.has(role))
  if (roles.length > 0) say('sign-off-missing', `awaits the sign-off of ${roles.join(', ')}`)
  const soak = environment.soak === undefined ? undefined : soakState(environment.soak, proof, now)
  if (soak?.met === false) say('soak-unproven', soak.message)
  if (environment.windows.length > 0 && !environment.windows.some((window) => inWindow(window, now))) {
    const list = environment.windows.map(({ days, hours, 'time-zone': zone }) => `${days} ${hours} ${zone}`)
    say('outside-window', `deployments start ${list.join(' or ')}`)
  }
  if (environment.mode === 'observe') say('observe-mode', 'this environment is observed: nothing is held back')
  return reasons
}

/**
 * Every reason that the results, the score and the environment's own conditions give.
 * @param worse for a change that is judged by what it adds: whether it scores lower than its base does
 */
export const reasonsFor = (
  results: readonly Result[],
  score: Score,
  environment: Environment,
  now: Date,
  worse = true,
  standings: Standings = {},
): Reason[] => {
  const reasons = ruleReasons(results, environment)
  const minimum = environment['minimum-score']
  if (score.low < minimum && worse)
    reasons.push({
      code: 'score-below-minimum',
      message: `the score's low bound is ${score.low}, the minimum ${minimum}`,
    })
  if (results.every(({ status }) => status === 'not-applicable'))
    reasons.push({ code: 'nothing-judged', message: 'no rule applies to what was found' })
  reasons.push(...conditionReasons(environment, now, standings))
  return reasons
}

const order = Object.keys(reasonCodes)

/** Reasons in the order of the table: what forbids first, then conditions, then notes. */
export const sortReasons = (reasons: readonly Reason[]): Reason[] =>
  reasons.toSorted((a, b) => order.indexOf(a.code) - order.indexOf(b.code))

const curable = new Set<ReasonCode>(['blocking-unknown', 'score-below-minimum'])

/** Whether nothing but missing evidence forbids: every rule in the way is unknown for want of it, and the score may yet do. */
export const awaitsEvidence = (
  results: readonly Result[],
  reasons: readonly Reason[],
  environment: Environment,
  score: Score,
): boolean => {
  const forbidding = reasons.filter(({ code }) => reasonCodes[code].effect === 'no-go')
  const inTheWay = results.filter((result) => blocks(result, environment))
  return (
    forbidding.length > 0 &&
    forbidding.every(({ code }) => curable.has(code)) &&
    score.high >= environment['minimum-score'] &&
    inTheWay.length > 0 &&
    inTheWay.every(({ status, rule }) => status === 'unknown' && asksEvidence(rule))
  )
}
