import { asList, asMapping, asString, asStrings } from '../shape.ts'
import { textMap } from './objects.ts'
import { isComputed } from './recognise.ts'

interface Expression {
  key: string
  operator: string
  values: readonly string[]
}

/** What a label selector asks for. Without labels and expressions it selects everything. */
export interface Selector {
  labels: Readonly<Record<string, string>>
  expressions: readonly Expression[]
}

/** Labels that controllers put on pods; no template has them. */
const addedByControllers = new Set([
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/job-name',
  'controller-revision-hash',
  'job-name',
  'pod-template-hash',
  'rollouts-pod-template-hash',
  'statefulset.kubernetes.io/pod-name',
])

const templateLabels = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(textMap(value)).filter(([key]) => !addedByControllers.has(key)))

/** A plain map of labels, as Services and ReplicationControllers have. */
export const labelsSelector = (value: unknown): Selector => ({ labels: templateLabels(value), expressions: [] })

/** A LabelSelector: matchLabels and matchExpressions. */
export const selectorOf = (value: unknown): Selector => {
  const map = asMapping(value) ?? {}
  return {
    labels: templateLabels(map['matchLabels']),
    expressions: (asList(map['matchExpressions']) ?? []).flatMap((item) => {
      const part = asMapping(item)
      const key = asString(part?.['key'])
      if (key === undefined) return []
      return [{ key, operator: asString(part?.['operator']) ?? '', values: asStrings(part?.['values']) }]
    }),
  }
}

export const isEmpty = ({ labels, expressions }: Selector): boolean =>
  Object.keys(labels).length === 0 && expressions.length === 0

const holds = ({ key, operator, values }: Expression, labels: Readonly<Record<string, string>>): boolean => {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      return false
  }
}

/** Whether a pod with these labels is selected. */
export const matches = (selector: Selector, labels: Readonly<Record<string, string>>): boolean =>
  Object.entries(selector.labels).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value) &&
  selector.expressions.every((expression) => holds(expression, labels))

/** A selector in words: `app=web, tier In (api, web)`. */
export const describeSelector = ({ labels, expressions }: Selector): string =>
  [
    ...Object.entries(labels).map(([key, value]) => `${key}=${value}`),
    ...expressions.map(({ key, operator, values }) =>
      values.length === 0 ? `${key} ${operator}` : `${key} ${operator} (${values.join(', ')})`,
    ),
  ].join(', ')

/** Label domains of operators that make the pods themselves: no manifest of the repository has them. */
const operatorDomains =
  /^(cnpg\.io|strimzi\.io|postgres-operator\.crunchydata\.com|[\w.-]+\.k8s\.elastic\.co|serving\.knative\.dev|redis\.io|application|cluster-name|spilo-role|operator\.prometheus\.io|kafka\.strimzi\.io|app\.kubernetes\.io\/managed-by)(\/|$)/

/** Whether the repository cannot say what it selects: variables stand in it, or an operator's labels. */
export const isComputedSelector = (selector: Selector): boolean => {
  const keys = [...Object.keys(selector.labels), ...selector.expressions.map(({ key }) => key)]
  return keys.some((key) => operatorDomains.test(key)) || isComputed(describeSelector(selector))
}
