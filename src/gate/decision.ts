import type { Report } from '../core/report.ts'
import { reasonCodes } from '../core/reason-codes.ts'
import { utcTime } from '../core/utc-time.ts'
import { outlineOf } from '../render/outline.ts'
import { range } from '../render/words.ts'
import { checkName } from './publish-check.ts'
import { cutGateText, gateWords } from './gate-text.ts'

/** What becomes of a deployment that asks. `wake` is when to look again though nothing happened. */
export type GateDecision =
  | { is: 'approve' | 'reject'; comment: string }
  | { is: 'hold'; why: string; wake: Date | undefined }

type Judged = { report: Report; awaitsEvidence: boolean }

/** What a gate is decided by. */
export interface GateQuestion {
  /** The verdict, or why there is none. */
  judged: (Judged & { notes: readonly string[] }) | { problem: string }
  /** Workflows of the commit that still run. */
  going: readonly string[]
  /** When a deployment window opens, where that is known. */
  opens: Date | undefined
  /** When a soak that is not met can be met at the soonest, where that is known. */
  soonest?: Date | undefined
  deadline: Date
  now: Date
  /** Where people see the whole. */
  check: string
}

/** Conditions that time or people meet, without a new commit. */
const waitsFor = new Set(['sign-off-missing', 'soak-unproven', 'outside-window'])

const scored = ({ score }: Report): string =>
  score.minimum === null ? '' : ` Score ${range(score.low, score.high)}, minimum ${score.minimum}.`

const reasonsOf = ({ reasons }: Report, codes?: ReadonlySet<string>): string =>
  reasons
    .filter(({ code }) => (codes === undefined ? reasonCodes[code].effect !== 'note' : codes.has(code)))
    .map(({ message }) => message)
    .join('; ')

/** What to do about a verdict that no rule gave. */
const policyRemedies: Partial<Record<Report['reasons'][number]['code'], string>> = {
  'environment-unknown': 'name the environment in .github/prodgate.yml of the default branch',
  'policy-invalid': 'Repair .github/prodgate.yml of the default branch: prodgate validate says where',
  'history-invalid': 'Repair the history that .github/prodgate.yml names, in the default branch',
  'rules-invalid': 'Repair .github/prodgate/rules of the default branch: prodgate validate says where',
}

const remedies = (report: Report): string => {
  const { blockers, unknowns } = outlineOf(report)
  const missing = unknowns.filter(({ blocking }) => blocking).flatMap(({ results }) => results)
  const steps = [...blockers, ...missing.filter(({ blocking }) => blocking)].map((result) => {
    const at = result.findings.find(({ waived }) => waived === undefined)
    const where = at === undefined || at.path === '.' ? '' : ` (${at.path}:${at.line})`
    return `${result.title}${where}: ${result.status === 'unknown' ? (result.reason ?? result.fix) : result.fix}`
  })
  const laws = report.reasons.flatMap(({ code }) => policyRemedies[code] ?? [])
  const all = [...new Set([...laws, ...steps])].slice(0, 5)
  return all.length === 0 ? '' : ` To repair: ${all.map((step, index) => `${index + 1}. ${step}`).join(' ')}`
}

const noPolicy = ({ reasons }: Report): string =>
  reasons.some(({ code }) => code === 'policy-default')
    ? ' There is no policy file .github/prodgate.yml: the recommended policy decided.'
    : ''

const late = (question: GateQuestion): GateDecision => ({
  is: 'reject',
  comment: said(question, `Rejected at the deadline, ${utcTime(question.deadline)}: ${open(question)}.`),
})

const said = ({ check }: GateQuestion, text: string): string =>
  cutGateText(gateWords(text), `the whole is in the check run ${gateWords(check)}`)

const hold = (question: GateQuestion, why: string, wake?: Date): GateDecision => ({
  is: 'hold',
  why: said(question, `Held: ${why}. Waits until ${utcTime(question.deadline)} at the latest.`),
  wake,
})

/** What ends the waiting, and where. */
const whatToDo = ({ reasons }: Report, { check, opens }: GateQuestion): string => {
  const codes = new Set(reasons.map(({ code }) => code))
  const sign = codes.has('sign-off-missing') ? `. Press “Sign off” in the check ${check}` : ''
  return codes.has('outside-window') && opens !== undefined ? `${sign}. The window opens ${utcTime(opens)}` : sign
}

/** What a deployment need not wait for: it would be met after the deadline at the soonest. */
const tooLate = (question: GateQuestion, report: Report): GateDecision | undefined => {
  const { soonest, deadline } = question
  if (soonest === undefined || soonest.getTime() < deadline.getTime()) return undefined
  const text = `Rejected: ${reasonsOf(report, waitsFor)}. The soak cannot be met before the deadline, ${utcTime(deadline)}: start the deployment again once the commit ran there for long enough.`
  return { is: 'reject', comment: said(question, text) }
}

/** The first of some instants; undefined where there is none. */
export const first = (...times: (Date | undefined)[]): Date | undefined =>
  times.reduce((least, time) => (least === undefined || (time !== undefined && time < least) ? time : least))

/** Rejects what nobody has to judge any more: its time is over. */
export const decideLate = (deadline: Date, reason: string, check: string): GateDecision & { is: 'reject' } => ({
  is: 'reject',
  comment: cutGateText(
    gateWords(
      `Rejected at the deadline, ${utcTime(deadline)}: ${reason}. Start the deployment again once that is met.`,
    ),
    `the whole is in the check run ${gateWords(check)}`,
  ),
})

/** What a report means to a deployment that is enforced, before anything is said of it. */
const meaning = (
  { report, awaitsEvidence }: Judged,
  going: boolean,
): 'approve' | 'reject' | 'evidence' | 'condition' => {
  if (report.decision === 'no-go') return awaitsEvidence && going ? 'evidence' : 'reject'
  return report.reasons.some(({ code }) => waitsFor.has(code)) ? 'condition' : 'approve'
}

const isObserved = ({ report }: Judged): boolean => report.reasons.some(({ code }) => code === 'observe-mode')

/** Whether a verdict approves by itself. */
export const approves = (judged: Judged): boolean => isObserved(judged) || meaning(judged, false) === 'approve'

/** What stood in the way until now. */
const open = ({ judged, going }: GateQuestion): string => {
  if ('problem' in judged) return `the commit could not be judged (${judged.problem})`
  const means = meaning(judged, going.length > 0)
  return means === 'approve' ? 'it was ready only after it' : reasonsOf(judged.report)
}

/**
 * Decides a gate. Nothing but a verdict approves: without one the gate is held, and at the deadline rejected.
 */
export const decideGate = (question: GateQuestion): GateDecision => {
  const { judged, going, opens } = question
  if (question.now.getTime() >= question.deadline.getTime()) return late(question)
  if ('problem' in judged)
    return hold(question, `the commit could not be judged (${judged.problem}); it is tried again`)
  const { report, notes } = judged
  const tail = `${scored(report)}${noPolicy(report)}${notes.map((note) => ` ${note}`).join('')}`
  const means = meaning(judged, going.length > 0)
  if (isObserved(judged) && means !== 'approve') {
    const would = means === 'reject' ? 'rejected' : 'held'
    const text = `Approved, as this environment is only observed; it would have been ${would}: ${reasonsOf(report)}.${tail}`
    return { is: 'approve', comment: said(question, text) }
  }
  if (means === 'evidence')
    return hold(question, `evidence is still being made by ${going.join(', ')}: ${reasonsOf(report)}`)
  if (means === 'condition') {
    const why = `${reasonsOf(report, waitsFor)}${whatToDo(report, question)}`
    return tooLate(question, report) ?? hold(question, why, first(opens, question.soonest))
  }
  if (means === 'reject')
    return { is: 'reject', comment: said(question, `No-go: ${reasonsOf(report)}.${tail}${remedies(report)}`) }
  const accepted = reasonsOf(report)
  const text = `${report.decision === 'go' ? 'Go.' : `Conditional: ${accepted}.`}${tail}`
  return { is: 'approve', comment: said(question, text) }
}

/** The check run of the environment that a gate is for. */
export const checkOf = (environment: string | undefined): string => checkName(environment ?? 'production')
