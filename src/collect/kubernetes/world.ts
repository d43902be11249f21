import type { Sink } from '../collector.ts'
import { asText } from '../shape.ts'
import type { Kustomization } from './kustomize.ts'
import { joinKustomizations, type Kustomized } from './kustomize.ts'
import { isMadeElsewhere, operatorPodLabels } from './made-elsewhere.ts'
import type { KubernetesObject } from './objects.ts'
import { isAsidePath } from './recognise.ts'
import { defaultsOf, type Defaults } from './resources.ts'
import type { Selector } from './selector.ts'
import { nearest, WorkloadIndex } from './workload-index.ts'
import { isWorkload, workloadOf, type Workload } from './workloads.ts'

/** Everything that was read, indexed for the joins between objects. */
export interface World {
  objects: readonly KubernetesObject[]
  workloads: readonly Workload[]
  index: WorkloadIndex
  kustomized: Kustomized
  sink: Sink
  /** Objects of a kind and name in a namespace, or in none; the nearest first and alone where environments repeat it. */
  find(kind: string, name: string, namespace: string | undefined, path: string): KubernetesObject[]
  hasKind(kind: string): boolean
  /** Whether a namespace has any workload. */
  workloadsKept(namespace: string | undefined): boolean
  workloadOf(object: KubernetesObject): Workload | undefined
  limitRange(namespace: string | undefined): Defaults | undefined
  /** Whether something else than a manifest may make the pods that a selector asks for. */
  madeElsewhere(selector: Selector, namespace: string | undefined): boolean
  /** Whether every manifest could be read. Where one could not, nobody can say that something is missing. */
  complete: boolean
  /** Names of Secrets and the like that something uses, as `Kind/name`; filled while workloads are read. */
  used: Set<string>
}

/** Whether two objects can meet: without a namespace a manifest goes wherever it is applied. */
export const meets = (a: string | undefined, b: string | undefined): boolean =>
  a === undefined || b === undefined || a === b

const hasImage = ({ containers }: Workload): boolean =>
  containers.some(({ value }) => asText(value['image']) !== undefined)

/** A workload whose containers have no image, while another of its name has: a patch that no kustomization names. */
const isLoosePatch = (workload: Workload, complete: ReadonlySet<string>): boolean =>
  !hasImage(workload) && complete.has(`${workload.kind}/${workload.object.name}`)

/** What is deployed: manifests of tests, examples and documentation count only where there is nothing else. */
const deployed = (read: readonly KubernetesObject[]): readonly KubernetesObject[] => {
  const own = read.filter(({ path }) => !isAsidePath(path))
  return own.some(isWorkload) ? own : read
}

export const worldOf = (
  read: readonly KubernetesObject[],
  kustomizations: readonly Kustomization[],
  complete: boolean,
  sink: Sink,
): World => {
  const kustomized = joinKustomizations(kustomizations)
  const whole = deployed(read).filter(({ path }) => !kustomized.patches.has(path))
  const found = new Map(
    whole.flatMap((object) => {
      const workload = workloadOf(object)
      return workload === undefined ? [] : [[object, workload] as const]
    }),
  )
  const whollyWritten = new Set(
    [...found.values()].filter(hasImage).map(({ kind, object }) => `${kind}/${object.name}`),
  )
  for (const [object, workload] of found) if (isLoosePatch(workload, whollyWritten)) found.delete(object)
  const workloads = [...found.values()]
  const objects = whole.filter((object) => found.has(object) || workloadOf(object) === undefined)
  const byName = new Map<string, KubernetesObject[]>()
  const kinds = new Set<string>()
  const ranges: { namespace: string | undefined; defaults: Defaults }[] = []
  for (const object of objects) {
    const key = `${object.kind}/${object.name}`
    const list = byName.get(key)
    if (list === undefined) byName.set(key, [object])
    else list.push(object)
    kinds.add(object.kind)
    const defaults = defaultsOf(object)
    if (defaults !== undefined) ranges.push({ namespace: object.namespace, defaults })
  }
  const index = new WorkloadIndex(workloads)
  const operatorLabels = operatorPodLabels(objects)
  const rangeOf = new Map<string | undefined, Defaults | undefined>()
  return {
    objects,
    workloads,
    index,
    kustomized,
    sink,
    complete,
    used: new Set(),
    find: (kind, name, namespace, path) =>
      nearest(
        (byName.get(`${kind}/${name}`) ?? []).filter((object) => meets(object.namespace, namespace)),
        path,
      ),
    hasKind: (kind) => kinds.has(kind),
    workloadsKept: (namespace) => index.hasAny(namespace),
    madeElsewhere: (selector, namespace) => isMadeElsewhere(selector, namespace, operatorLabels),
    workloadOf: (object) => found.get(object),
    limitRange: (namespace) => {
      if (!rangeOf.has(namespace))
        rangeOf.set(namespace, ranges.find((range) => meets(range.namespace, namespace))?.defaults)
      return rangeOf.get(namespace)
    },
  }
}
