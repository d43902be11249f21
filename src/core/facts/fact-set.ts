import type { Topic } from './define.ts'
import type { Fact, FactKind } from './index.ts'
import { comparePlaces, type Place } from './place.ts'

/** A file that belongs to a topic and could not be read. */
export interface Unjudged {
  topic: Topic
  place: Place
  code: string
  reason: string
  /** False for a template that only another tool can render. */
  repairable: boolean
  /** False where the rules of the topic can be judged without it: a template of one file that may never be used. */
  blocks: boolean
}

/** Everything that was read, by kind and in the order of its places. */
export class FactSet {
  readonly unjudged: readonly Unjudged[]
  readonly #byKind = new Map<FactKind, Fact[]>()

  constructor(facts: readonly Fact[], unjudged: readonly Unjudged[]) {
    for (const fact of facts) {
      const list = this.#byKind.get(fact.kind)
      if (list === undefined) this.#byKind.set(fact.kind, [fact])
      else list.push(fact)
    }
    for (const list of this.#byKind.values()) list.sort((a, b) => comparePlaces(a.place, b.place))
    this.unjudged = [...unjudged].sort((a, b) => comparePlaces(a.place, b.place))
  }

  of<K extends FactKind>(kind: K): readonly Fact<K>[] {
    return (this.#byKind.get(kind) ?? []) as unknown as readonly Fact<K>[]
  }
}
