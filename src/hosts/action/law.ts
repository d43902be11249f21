import type { AssessInput } from '../../assess.ts'
import { decodeHistory } from '../../core/history.ts'
import type { Answer, Problem } from '../../ports/answer.ts'
import type { CommittedFiles } from '../../ports/committed-files.ts'
import type { Event } from './event.ts'
import type { Inputs } from './inputs.ts'
import { rulesAt } from './rules.ts'

/** The policy that applies, and in words where it comes from. */
export interface Law {
  policy: AssessInput['policy']
  customRules: NonNullable<AssessInput['customRules']>
  /** One sentence for the summary. */
  origin: string
  /** What people should know about it. */
  notices: readonly string[]
}

/** The places that a policy can be read from. */
export interface Shelves {
  /** The repository's commits as GitHub has them; undefined without a token. */
  forge: CommittedFiles | undefined
  /** The commits of the local clone. */
  clone: CommittedFiles
  /** The file in the work tree, or at an absolute path; undefined where there is none. */
  workTree: (path: string) => Promise<Answer<Uint8Array | undefined>>
  /** The custom rules of the work tree. */
  workTreeRules: () => Promise<Law['customRules']>
}

type PolicyLaw = Omit<Law, 'customRules'>

/** A policy larger than this is refused. Bytes. */
const maxPolicySize = 1_000_000

const decode = (path: string, bytes: Uint8Array): AssessInput['policy'] => {
  if (bytes.length > maxPolicySize) return { path, unreadable: 'is larger than 1 MB' }
  try {
    return { path, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { path, unreadable: 'is not UTF-8 text' }
  }
}

const explain = (problem: Problem | undefined): string => {
  if (problem === undefined) return 'there is no token: give the Action one with the permission contents: read'
  if (problem.kind === 'unreachable') return `GitHub could not be reached (${problem.message}): run the job again`
  return `GitHub refused (${problem.message}): give the job the permission contents: read`
}

/** Whether the checkout is the law itself, and no change that is judged by it: only then may its comments excuse findings. */
export const isLaw = (event: Event, head: string | null): boolean =>
  event.base === undefined && seatOf(event, head) === undefined

/** Where the law stands: a branch's newest commit, one commit, or (undefined) the work tree itself. */
const seatOf = ({ base, sha }: Event, head: string | null): { branch?: string; sha: string } | undefined => {
  if (base !== undefined && base !== 'unclear') return { branch: base.branch, sha: base.sha }
  // Somebody checked out another commit than the event's: that commit must not bring its own law.
  return head !== null && sha !== '' && head !== sha ? { sha } : undefined
}

const onForge = async (forge: CommittedFiles, seat: { branch?: string; sha: string }, path: string) => {
  const tip: Answer<string> = seat.branch === undefined ? { ok: true, value: seat.sha } : await forge.tip(seat.branch)
  if (!tip.ok) return tip
  const file = await forge.read(tip.value, path)
  return file.ok ? { ok: true as const, value: { commit: tip.value, bytes: file.value } } : file
}

const atSeat = async (
  shelves: Shelves,
  seat: { branch?: string; sha: string },
  path: string,
): Promise<{ commit: string; bytes: Uint8Array | undefined } | { problem: Problem | undefined }> => {
  const asked = shelves.forge === undefined ? undefined : await onForge(shelves.forge, seat, path)
  if (asked?.ok === true) return asked.value
  const local = await shelves.clone.read(seat.sha, path)
  return local.ok ? { commit: seat.sha, bytes: local.value } : { problem: asked?.problem }
}

const fromWorkTree = async (shelves: Shelves, { path, named }: Inputs['policy']): Promise<PolicyLaw> => {
  const file = await shelves.workTree(path)
  if (!file.ok) return { policy: { path, unreadable: file.problem.message }, origin: '', notices: [] }
  if (file.value !== undefined)
    return { policy: decode(path, file.value), origin: `Judged by ${path} of the checkout.`, notices: [] }
  if (named) return { policy: { path, unreadable: 'there is no such file' }, origin: '', notices: [] }
  return { policy: undefined, origin: `There is no ${path}: the recommended policy applies.`, notices: [] }
}

const same = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a === undefined || b === undefined ? a === b : Buffer.compare(a, b) === 0

const isOutside = (path: string): boolean => path.startsWith('/') || /^[A-Za-z]:/.test(path)

/** The law's commit where the policy is a file elsewhere. */
const commitAt = async (shelves: Shelves, seat: { branch?: string; sha: string }): Promise<string> => {
  const tip = seat.branch === undefined ? undefined : await shelves.forge?.tip(seat.branch)
  return tip?.ok === true ? tip.value : seat.sha
}

const fromSeat = async (
  seat: { branch?: string; sha: string },
  { path }: Inputs['policy'],
  shelves: Shelves,
): Promise<Law> => {
  const { branch } = seat
  const found = await atSeat(shelves, seat, path)
  if ('problem' in found) {
    const where = branch === undefined ? `commit ${seat.sha.slice(0, 12)}` : `the base branch ${branch}`
    const unreadable = `cannot be read from ${where}: ${explain(found.problem)}`
    return { policy: { path, unreadable }, customRules: [], origin: '', notices: [] }
  }
  const at = `${branch === undefined ? '' : `${branch} at `}${found.commit.slice(0, 12)}`
  const customRules = await rulesAt(found.commit, shelves)
  const tree = await shelves.workTree(path)
  const edited = tree.ok && !same(tree.value, found.bytes)
  const notices = edited
    ? [
        `${path} differs from that of ${at}, and is judged by the latter: a change of the policy counts once it is merged.`,
      ]
    : []
  if (found.bytes === undefined)
    return { policy: undefined, customRules, origin: `${at} has no ${path}: the recommended policy applies.`, notices }
  return { policy: decode(path, found.bytes), customRules, origin: `Judged by ${path} of ${at}.`, notices }
}

/**
 * Finds the policy and the custom rules. The accused does not write the law: for a pull request and a merge group it is the
 * base branch's, as it stands now; the work tree's only where the work tree is the event's own commit. A base without a
 * policy means the recommended policy. A base that cannot be read means no policy, and that is a no-go: it is never the
 * head's turn.
 */
export const findLaw = async (
  event: Event,
  head: string | null,
  policy: Inputs['policy'],
  shelves: Shelves,
): Promise<Law> => {
  const { path } = policy
  if (event.base === 'unclear') {
    const unreadable = `the ${event.name} event does not name the base branch, so its policy cannot be read`
    return { policy: { path, unreadable }, customRules: [], origin: '', notices: [] }
  }
  const seat = seatOf(event, head)
  if (seat === undefined)
    return { ...(await fromWorkTree(shelves, policy)), customRules: await shelves.workTreeRules() }
  if (!isOutside(path)) return await fromSeat(seat, policy, shelves)
  const customRules = await rulesAt(await commitAt(shelves, seat), shelves)
  return { ...(await fromWorkTree(shelves, policy)), customRules }
}

/**
 * Reads the values of earlier deployments where the law is read: a change does not bring its own past.
 * What it gives is undefined where the policy keeps no history.
 */
export const findHistory =
  (event: Event, head: string | null, shelves: Shelves): NonNullable<AssessInput['history']> =>
  async (path) => {
    if (path === undefined) return undefined
    if (event.base === 'unclear') return { path, unreadable: 'the event does not name the base branch' }
    const seat = seatOf(event, head)
    if (seat === undefined) {
      const file = await shelves.workTree(path)
      if (!file.ok) return { path, unreadable: file.problem.message }
      return file.value === undefined ? { path, text: undefined } : decodeHistory(path, file.value)
    }
    const found = await atSeat(shelves, seat, path)
    if ('problem' in found)
      return { path, unreadable: `cannot be read from the law's commit: ${explain(found.problem)}` }
    return found.bytes === undefined ? { path, text: undefined } : decodeHistory(path, found.bytes)
  }
