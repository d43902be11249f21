import { asMapping, type Mapping } from '../shape.ts'
import type { KubernetesObject } from './objects.ts'

/** What stands where the API has another type. */
export interface Malformed {
  reason: string
  holder: Mapping
  key: string
}

/** What a value is, in the words of the API; undefined for text, which a template may still turn into anything. */
const formOf = (value: unknown): string | undefined => {
  if (value === null || value === undefined) return 'empty'
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : 'a list'
  if (typeof value === 'string') return undefined
  return typeof value === 'object' ? 'a map' : `a ${typeof value}`
}

const wants = (holder: Mapping, key: string, form: 'a map' | 'a list'): Malformed | undefined => {
  if (!(key in holder)) return undefined
  const found = formOf(holder[key])
  return found === undefined || found === form ? undefined : { reason: `${key} is ${found}`, holder, key }
}

const stepsOf = ({ kind }: KubernetesObject): readonly string[] => {
  if (kind === 'Pod' || kind === 'Revision') return ['spec']
  if (kind === 'PodTemplate') return ['template', 'spec']
  return kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template', 'spec'] : ['spec', 'template', 'spec']
}

/**
 * The first thing on the way to a workload's containers that is not of the API's form, so that nothing of them can be
 * seen. What is not written at all is none: patches and sketches leave out what others give.
 */
export const malformedOf = (object: KubernetesObject): Malformed | undefined => {
  let holder = object.value
  for (const step of stepsOf(object)) {
    const wrong = wants(holder, step, 'a map')
    if (wrong !== undefined) return wrong
    const next = asMapping(holder[step])
    if (next === undefined) return undefined
    holder = next
  }
  const wrong = wants(holder, 'containers', 'a list')
  if (wrong !== undefined) return wrong
  const { containers } = holder
  const item: unknown = Array.isArray(containers)
    ? containers.find((one) => formOf(one) !== undefined && formOf(one) !== 'a map')
    : undefined
  return item === undefined
    ? undefined
    : { reason: `one of its containers is ${formOf(item) ?? ''}`, holder, key: 'containers' }
}
