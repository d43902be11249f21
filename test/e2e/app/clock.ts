/**
 * An option of Node's that gives the App's process another clock. Timers go on as ever.
 * @param expression what `Date.now()` gives, where `real()` is the machine's
 */
const clock = (expression: string): string =>
  `--import=data:text/javascript,${encodeURIComponent(`
    const real = Date.now.bind(Date)
    const now = () => ${expression}
    globalThis.Date = class extends Date {
      constructor(...given) { if (given.length === 0) super(now()); else super(...given) }
      static now() { return now() }
    }`)}`

/** A clock that stands still at an instant. */
export const standingAt = (instant: number): string => clock(String(instant))

/** A clock that goes, and is ahead by so many milliseconds. */
export const aheadBy = (milliseconds: number): string => clock(`real() + ${milliseconds}`)
