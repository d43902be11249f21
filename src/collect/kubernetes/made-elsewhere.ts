import { asList, asMapping } from '../shape.ts'
import { textMap, type KubernetesObject } from './objects.ts'
import { matches, type Selector } from './selector.ts'

/** Deeper than any operator keeps the metadata of its pods. */
const maxDepth = 8

const podLabels = (value: unknown, into: Record<string, string>[], depth: number): void => {
  if (depth > maxDepth) return
  for (const item of asList(value) ?? []) podLabels(item, into, depth + 1)
  for (const [key, part] of Object.entries(asMapping(value) ?? {})) {
    const labels = /metadata$/i.test(key) ? textMap(asMapping(part)?.['labels']) : {}
    if (Object.keys(labels).length > 0) into.push(labels)
    podLabels(part, into, depth + 1)
  }
}

/** The labels that custom resources, such as an Alertmanager or a Kafka, give to pods that their operator makes. */
export const operatorPodLabels = (objects: readonly KubernetesObject[]): Record<string, string>[] => {
  const found: Record<string, string>[] = []
  for (const { group, spec } of objects)
    if (group.includes('.') && !group.endsWith('.k8s.io')) podLabels(spec, found, 0)
  return found
}

/** Whether something that no manifest describes may make the pods: the cluster's own set-up, or an operator. */
export const isMadeElsewhere = (
  selector: Selector,
  namespace: string | undefined,
  operatorLabels: readonly Record<string, string>[],
): boolean => namespace === 'kube-system' || operatorLabels.some((labels) => matches(selector, labels))
