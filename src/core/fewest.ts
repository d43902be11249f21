/** Something that can be chosen: what it is worth, and the minutes that it takes. */
export interface Choice {
  worth: number
  minutes: number
}

interface State {
  minutes: number
  worth: number
  /** How many of the group that came last, and what was chosen before it. */
  taken: number
  before: State | undefined
}

// So many half-made choices of one size are followed. It bounds the time for a policy with hundreds of rules; what is left
// out beyond it can only cost minutes, since every half-made choice that is kept can be completed.
const mostStates = 400

const byWorth = (a: Choice, b: Choice): number => b.worth - a.worth || a.minutes - b.minutes

/** The sums of the first n, for every n. */
const sums = (list: readonly Choice[]): number[] => {
  const result = [0]
  for (const { worth } of list) result.push((result.at(-1) ?? 0) + worth)
  return result
}

/** Those that no other beats in both minutes and worth. */
const undominated = (states: State[]): State[] => {
  let best = Number.NEGATIVE_INFINITY
  const kept: State[] = []
  for (const state of states.sort((a, b) => a.minutes - b.minutes || b.worth - a.worth))
    if (state.worth > best) {
      best = state.worth
      kept.push(state)
    }
  return kept.slice(0, mostStates)
}

const groupsOf = <T extends Choice>(choices: readonly T[]): T[][] => {
  const groups = new Map<number, T[]>()
  for (const choice of choices) groups.set(choice.minutes, [...(groups.get(choice.minutes) ?? []), choice])
  return [...groups].sort(([a], [b]) => a - b).map(([, members]) => members)
}

/**
 * The fewest choices that together are worth `need` within `tolerance`; among sets of that size the one with the fewest minutes, and
 * then with the most worth. Undefined where all together are not enough. Of choices with the same minutes and worth the earlier ones are taken.
 */
export const fewest = <T extends Choice>(choices: readonly T[], need: number, tolerance = 0): T[] | undefined => {
  const wanted = need - tolerance
  const sorted = choices.toSorted(byWorth)
  const size = sums(sorted).findIndex((sum) => sum >= wanted)
  if (size === -1) return undefined
  const groups = groupsOf(sorted)
  let states = new Map<number, State[]>([[0, [{ minutes: 0, worth: 0, taken: 0, before: undefined }]]])
  for (const [index, group] of groups.entries()) {
    const own = sums(group)
    const later = sums(
      groups
        .slice(index + 1)
        .flat()
        .sort(byWorth),
    )
    const next = new Map<number, State[]>()
    for (const [count, list] of states)
      for (let taken = 0; taken < own.length && count + taken <= size; taken++) {
        // The most that the groups after this one can add; undefined where they are too few to fill the set.
        const most = later[size - count - taken]
        if (most === undefined) continue
        for (const before of list) {
          const worth = before.worth + (own[taken] ?? 0)
          if (worth + most < wanted) continue
          const state = { minutes: before.minutes + taken * (group[0]?.minutes ?? 0), worth, taken, before }
          const known = next.get(count + taken)
          if (known === undefined) next.set(count + taken, [state])
          else known.push(state)
        }
      }
    states = new Map([...next].map(([count, list]) => [count, undominated(list)]))
  }
  const chosen: T[] = []
  let [state] = states.get(size) ?? []
  for (const group of groups.toReversed()) {
    chosen.unshift(...group.slice(0, state?.taken ?? 0))
    state = state?.before
  }
  return chosen
}
