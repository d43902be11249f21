import type { Selector } from './selector.ts'
import { matches } from './selector.ts'
import type { Workload } from './workloads.ts'

/** The workloads of one namespace, by each of their labels. */
class Bucket {
  readonly all: Workload[] = []
  readonly #byPair = new Map<string, Workload[]>()
  readonly #byKey = new Map<string, Workload[]>()

  add(workload: Workload): void {
    this.all.push(workload)
    for (const [key, value] of Object.entries(workload.labels)) {
      push(this.#byPair, `${key}=${value}`, workload)
      push(this.#byKey, key, workload)
    }
  }

  /** Those that a selector may select: the shortest list that one of its labels gives. */
  candidates({ labels, expressions }: Selector): readonly Workload[] {
    let best = this.all
    const consider = (list: Workload[] | undefined): void => {
      if (list === undefined) best = []
      else if (list.length < best.length) best = list
    }
    for (const [key, value] of Object.entries(labels)) consider(this.#byPair.get(`${key}=${value}`))
    for (const { key, operator, values } of expressions) {
      if (operator === 'Exists') consider(this.#byKey.get(key))
      if (operator === 'In') consider(values.flatMap((value) => this.#byPair.get(`${key}=${value}`) ?? []))
    }
    return best
  }
}

const push = <V>(map: Map<string, V[]>, key: string, value: V): void => {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

/**
 * Finds workloads by selector, in time that grows with what is found. A manifest without a namespace goes wherever it is
 * applied, so it meets every namespace.
 */
export class WorkloadIndex {
  readonly #anywhere = new Bucket()
  readonly #byNamespace = new Map<string, Bucket>()

  constructor(workloads: readonly Workload[]) {
    for (const workload of workloads) {
      this.#anywhere.add(workload)
      const name = workload.object.namespace ?? ''
      const bucket = this.#byNamespace.get(name) ?? new Bucket()
      this.#byNamespace.set(name, bucket)
      bucket.add(workload)
    }
  }

  #buckets(namespace: string | undefined): Bucket[] {
    if (namespace === undefined) return [this.#anywhere]
    return [namespace, ''].flatMap((name) => this.#byNamespace.get(name) ?? [])
  }

  /** The workloads whose pods a selector of this namespace selects. */
  select(namespace: string | undefined, selector: Selector): Workload[] {
    return this.#buckets(namespace).flatMap((bucket) =>
      bucket.candidates(selector).filter(({ labels }) => matches(selector, labels)),
    )
  }

  /** Whether the namespace has any workload. */
  hasAny(namespace: string | undefined): boolean {
    return this.#buckets(namespace).some(({ all }) => all.length > 0)
  }
}

const folders = (path: string): string[] => path.split('/').slice(0, -1)

const shared = (a: readonly string[], b: readonly string[]): number => {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}

/**
 * Of things with the same name, those that stand nearest to a path: in the same file, else below the deepest folder that
 * both share. Environments that are kept side by side repeat every name.
 */
export const nearest = <T extends { path: string }>(list: readonly T[], path: string): T[] => {
  const here = list.filter((one) => one.path === path)
  if (here.length > 0 || list.length < 2) return here.length > 0 ? here : [...list]
  const own = folders(path)
  const distances = list.map((one) => shared(own, folders(one.path)))
  // No spread: a list may be longer than what a call can take.
  const most = distances.reduce((a, b) => Math.max(a, b), 0)
  return list.filter((_, index) => distances[index] === most)
}
