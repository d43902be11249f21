import type { KubernetesObject } from './objects.ts'
import { describeSelector, isComputedSelector, type Selector } from './selector.ts'
import type { Workload } from './workloads.ts'
import type { World } from './world.ts'

/** What a fact says of the pods that its object selects, and whether more of them may stand where nobody looked. */
export const selectionOf = (
  selector: Selector,
  selected: readonly Workload[],
  { namespace }: KubernetesObject,
  world: World,
): { selector: string; selectorComputed: boolean; selects: string[] } => ({
  selector: describeSelector(selector),
  selectorComputed:
    isComputedSelector(selector) ||
    (selected.length === 0 && (!world.complete || world.madeElsewhere(selector, namespace))),
  selects: [...new Set(selected.map(({ id }) => id))].sort(),
})
