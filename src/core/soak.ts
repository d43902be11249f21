import { durationMs, type Environment } from './policy-file.ts'
import type { Stay } from './stays.ts'
import { utcTime } from './utc-time.ts'

/** What is known of a commit where it has to run first; undefined where nobody looked. */
export type SoakProof = { stays: readonly Stay[] } | { unknown: string }

/** Whether a soak is met. `at`: when it will be, if the commit goes on running there. */
export type SoakState = { met: true } | { met: false; message: string; at?: Date }

type Soak = NonNullable<Environment['soak']>

/** How long a stay was by now. Milliseconds. */
const lengthOf = ({ from, to }: Stay, now: Date): number =>
  (to === undefined ? now.getTime() : Date.parse(to)) - Date.parse(from)

const endings: Record<NonNullable<Stay['ended']>, (at: string) => string> = {
  redeployed: (at) => `deploying it there again failed, ${at}`,
  replaced: (at) => `it was replaced there too early, ${at}`,
}

/** Whether one stay is long enough, and did not fail. */
export const isLongEnough = (stay: Stay, soak: Soak, now: Date): boolean =>
  stay.failed === undefined && lengthOf(stay, now) >= durationMs(soak.for)

/** No date is later. Milliseconds. */
const lastInstant = 8.64e15

/** The stay that people are told of: of those that last the oldest, which is enough first; else the newest. */
const told = (stays: readonly Stay[]): Stay | undefined => {
  const rising = stays.toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from))
  return rising.find(({ to }) => to === undefined) ?? rising.at(-1)
}

/** Whether a commit ran long enough in another environment. What nobody knows is not met. */
export const soakState = (soak: Soak, proof: SoakProof | undefined, now: Date): SoakState => {
  const awaits = `awaits ${soak.for} of the same commit in ${soak.environment}`
  if (proof === undefined) return { met: false, message: awaits }
  if ('unknown' in proof)
    return { met: false, message: `${awaits}: whether it ran there is not known, ${proof.unknown}` }
  if (proof.stays.some((stay) => isLongEnough(stay, soak, now))) return { met: true }
  const newest = told(proof.stays)
  if (newest === undefined) return { met: false, message: `${awaits}: it has not been deployed there` }
  const since = utcTime(new Date(newest.from))
  if (newest.to !== undefined) {
    const ended =
      newest.failed === undefined
        ? endings[newest.ended ?? 'replaced'](utcTime(new Date(newest.to)))
        : `its deployment there failed, ${utcTime(new Date(newest.failed))}`
    return { met: false, message: `${awaits}: it was there since ${since}, and ${ended}` }
  }
  const at = new Date(Math.min(Date.parse(newest.from) + durationMs(soak.for), lastInstant))
  return { met: false, message: `${awaits}: there since ${since}, long enough ${utcTime(at)}`, at }
}
