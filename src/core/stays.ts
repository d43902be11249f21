/** One thing that was said of a deployment. */
export interface DeployedStatus {
  /** Grows with each status of the repository: the order of those of one second. */
  id: number
  /** `success`, `failure`, `error`, `inactive`, or that it is on its way. `elsewhere`: it is about another environment. */
  state: string
  /** ISO 8601. */
  at: string
}

/** One deployment of the commit to the environment, with all that was said of it, in any order. */
export interface Deployed {
  id: number
  statuses: readonly DeployedStatus[]
}

/**
 * A time in which the commit ran in the environment. `redeployed`: it ended as another deployment of the commit failed.
 * `replaced`: something else ran there then.
 */
export interface Stay {
  /** ISO 8601. */
  from: string
  /** Absent while it runs there still. */
  to?: string
  ended?: 'redeployed' | 'replaced'
  /** When one of its deployments failed, in it or after it, which makes it worth nothing. */
  failed?: string
}

const failures = new Set(['failure', 'error'])

interface Event extends DeployedStatus {
  /** Of which deployment of the commit; undefined where another commit's deployment succeeded. */
  of: number | undefined
}

interface OpenStay extends Stay {
  /** The deployments that had a part in it. */
  members: Set<number>
  /** Those that stand. */
  standing: Set<number>
}

const close = (stay: OpenStay | undefined, at: string, ended: NonNullable<Stay['ended']>): void => {
  if (stay === undefined || stay.to !== undefined) return
  stay.to = at
  stay.ended = ended
}

/** What a status means to a deployment's own stays, where it is no success. */
const step = (stays: readonly OpenStay[], { of = 0, state, at }: Event): void => {
  const last = stays.at(-1)
  const isFailure = failures.has(state)
  if (isFailure)
    for (const stay of stays) {
      if (!stay.members.has(of)) continue
      stay.to ??= at
      stay.failed = at
    }
  if (last === undefined || last.to !== undefined) return
  if (isFailure) return close(last, at, 'redeployed')
  if (!last.standing.delete(of)) return
  // Another deployment of the same commit may have taken its place.
  if (last.standing.size === 0) close(last, at, 'replaced')
}

/**
 * The times in which a commit ran in one environment, oldest first. One begins with a success and goes on while any deployment
 * of the commit stands; it ends when one fails, when none stands any more, or when another commit is deployed.
 * @param others the successes of other commits' deployments there
 */
export const staysOf = (own: readonly Deployed[], others: readonly DeployedStatus[]): Stay[] => {
  const events: Event[] = [
    ...own.flatMap(({ id, statuses }) => statuses.map((status) => ({ ...status, of: id }))),
    ...others.map((status) => ({ ...status, of: undefined })),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.id - b.id)
  const stays: OpenStay[] = []
  for (const event of events) {
    const { of, state, at } = event
    const last = stays.at(-1)
    if (of === undefined) close(last, at, 'replaced')
    else if (state !== 'success') step(stays, event)
    else if (last === undefined || last.to !== undefined)
      stays.push({ from: at, members: new Set([of]), standing: new Set([of]) })
    else {
      last.members.add(of)
      last.standing.add(of)
    }
  }
  return stays.map(({ from, to, ended, failed }) => ({
    from,
    ...(to === undefined ? {} : { to }),
    ...(ended === undefined ? {} : { ended }),
    ...(failed === undefined ? {} : { failed }),
  }))
}
