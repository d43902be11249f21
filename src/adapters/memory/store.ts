import type { Deliveries, Delivery, Gate, Gates, Memory, SignOff, SignOffs, Store } from '../../ports/store.ts'

const sameKey = (a: Gate, b: Omit<Gate, 'id'> | Parameters<Gates['open']>[0]): boolean =>
  a.repository === b.repository &&
  a.run === b.run &&
  a.attempt === b.attempt &&
  a.environment === b.environment &&
  a.sha === b.sha

const deliveriesOf = (kept: Map<string, Delivery>, done: Set<string>, queue: (guid: string) => void): Deliveries => ({
  receive: (delivery) => {
    if (kept.has(delivery.guid)) return Promise.resolve('known')
    kept.set(delivery.guid, structuredClone(delivery))
    queue(delivery.guid)
    return Promise.resolve('new')
  },
  get: (guid) => Promise.resolve(structuredClone(kept.get(guid))),
  handled: (guid) => {
    done.add(guid)
    return Promise.resolve()
  },
  known: (guids) => Promise.resolve(new Set(guids.filter((guid) => kept.has(guid)))),
  unhandled: (after, before) =>
    Promise.resolve(
      [...kept.values()].filter(
        ({ receivedAt, guid }) => receivedAt >= after && receivedAt < before && !done.has(guid),
      ),
    ),
})

const gatesOf = (kept: Map<string, Gate>): Gates => {
  const change = (id: string, from: Gate['state'], changes: Partial<Gate>): boolean => {
    const gate = kept.get(id)
    if (gate?.state !== from) return false
    kept.set(id, { ...gate, ...changes })
    return true
  }
  const telling = new Map<string, Date>()
  return {
    open: (key, ref, requestedAt) => {
      const known = [...kept.values()].find((gate) => sameKey(gate, key))
      if (known !== undefined) return Promise.resolve({ gate: { ...known }, fresh: false })
      const empty = {
        deadline: null,
        wake: null,
        state: 'deciding' as const,
        answer: null,
        reports: 0,
        lastReport: null,
      }
      const gate: Gate = { ...key, ...empty, id: `gate-${kept.size + 1}`, ref, requestedAt }
      kept.set(gate.id, gate)
      return Promise.resolve({ gate: { ...gate }, fresh: true })
    },
    get: (id) => Promise.resolve(structuredClone(kept.get(id))),
    unanswered: (of) =>
      Promise.resolve(
        [...kept.values()].filter(
          ({ state, repository, sha }) =>
            state !== 'answered' && repository === (of?.repository ?? repository) && sha === (of?.sha ?? sha),
        ),
      ),
    hold: (id, until) => {
      change(id, 'deciding', until)
      return Promise.resolve()
    },
    settle: (id, answer) => {
      change(id, 'deciding', { state: 'answering', answer })
      const standing = kept.get(id)?.answer
      return standing === null || standing === undefined
        ? Promise.reject(new Error('a gate that is to be answered is gone'))
        : Promise.resolve(standing)
    },
    tell: (id, now, until) => {
      const told = telling.get(id)
      if (kept.get(id)?.state !== 'answering' || (told !== undefined && told > now)) return Promise.resolve(false)
      telling.set(id, until)
      return Promise.resolve(true)
    },
    untold: (id) => {
      telling.delete(id)
      return Promise.resolve()
    },
    answered: (id) => {
      change(id, 'answering', { state: 'answered', wake: null })
      return Promise.resolve()
    },
    takeReport: (id, text, budget) => {
      const { reports = budget, lastReport = null } = kept.get(id) ?? {}
      if (reports >= budget || lastReport === text) return Promise.resolve(false)
      return Promise.resolve(change(id, 'deciding', { reports: reports + 1, lastReport: text }))
    },
  }
}

const signOffsOf = (kept: SignOff[]): SignOffs => ({
  add: (signOff) => {
    kept.push(signOff)
    return Promise.resolve()
  },
  of: (repository, sha, environment) =>
    Promise.resolve(
      kept.filter((one) => one.repository === repository && one.sha === sha && one.environment === environment),
    ),
})

const memoryOf = (kept: Map<string, string>): Memory => {
  const read = (kind: string, key: string): unknown => {
    const text = kept.get(`${kind} ${key}`)
    return text === undefined ? undefined : (JSON.parse(text) as unknown)
  }
  return {
    get: (kind, key) => Promise.resolve(read(kind, key)),
    put: (kind, key, value) => {
      kept.set(`${kind} ${key}`, JSON.stringify(value))
      return Promise.resolve()
    },
    claim: (kind, key, value) => {
      if (!kept.has(`${kind} ${key}`)) kept.set(`${kind} ${key}`, JSON.stringify(value))
      return Promise.resolve(read(kind, key))
    },
    add: (kind, key, item) => {
      const list = (read(kind, key) ?? []) as number[]
      if (!list.includes(item)) kept.set(`${kind} ${key}`, JSON.stringify([...list, item]))
      return Promise.resolve()
    },
    forget: (kind, key) => {
      kept.delete(`${kind} ${key}`)
      return Promise.resolve()
    },
  }
}

/** A store that forgets everything with the process, for tests. */
export class MemoryStore implements Store {
  readonly keptDeliveries = new Map<string, Delivery>()
  readonly handled = new Set<string>()
  readonly keptGates = new Map<string, Gate>()
  readonly keptSignOffs: SignOff[] = []
  readonly kept = new Map<string, string>()
  readonly deliveries: Deliveries
  readonly gates: Gates = gatesOf(this.keptGates)
  readonly signOffs: SignOffs = signOffsOf(this.keptSignOffs)
  readonly memory: Memory = memoryOf(this.kept)

  /** @param queue is told of each new delivery, as the database queues its job */
  constructor(queue: (guid: string) => void) {
    this.deliveries = deliveriesOf(this.keptDeliveries, this.handled, queue)
  }

  prune(): Promise<void> {
    return Promise.resolve()
  }

  ping(): Promise<void> {
    return Promise.resolve()
  }
}
