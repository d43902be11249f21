import { asList, asMapping, asText, type Mapping } from '../shape.ts'
import type { KubernetesObject } from './objects.ts'

const suffixes: Record<string, number> = {
  '': 1,
  m: 1e-3,
  u: 1e-6,
  n: 1e-9,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

/** A Kubernetes quantity (`500m`, `1.5Gi`, `1e3`) in cores or bytes; undefined for what is none. */
export const quantity = (text: string): number | undefined => {
  const match = /^([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)([numkMGTPE]?i?)$/.exec(text.trim())
  const factor = match === null ? undefined : suffixes[match[2] ?? '']
  const value = Number(match?.[1])
  return factor === undefined || Number.isNaN(value) ? undefined : value * factor
}

/** What a container asks for and may use, as it takes effect. */
export interface Resources {
  cpuRequest: string | undefined
  cpuLimit: string | undefined
  memoryRequest: string | undefined
  memoryLimit: string | undefined
  /** Resources whose request is the limit, because nobody wrote one. */
  impliedRequests: string[]
}

/** What a LimitRange of a namespace gives to containers that say nothing. */
export interface Defaults {
  requests: Mapping
  limits: Mapping
}

/** The container defaults of a LimitRange, if it has any. */
export const defaultsOf = ({ kind, spec }: KubernetesObject): Defaults | undefined => {
  if (kind !== 'LimitRange') return undefined
  for (const item of asList(spec['limits']) ?? []) {
    const limit = asMapping(item)
    if (limit?.['type'] !== 'Container') continue
    const limits = asMapping(limit['default']) ?? {}
    return { limits, requests: { ...limits, ...asMapping(limit['defaultRequest']) } }
  }
  return undefined
}

/** Container, then pod (Kubernetes 1.34), then LimitRange; a limit without a request is the request too. */
export const resourcesOf = (container: Mapping, pod: Mapping, defaults: Defaults | undefined): Resources => {
  const own = asMapping(container['resources']) ?? {}
  const whole = asMapping(pod['resources']) ?? {}
  const read = (part: 'requests' | 'limits', name: string): string | undefined => {
    for (const map of [asMapping(own[part]), asMapping(whole[part])]) {
      const text = asText(map?.[name])
      if (text !== undefined && text !== '') return text
    }
    return undefined
  }
  const limit = (name: string): string | undefined => read('limits', name) ?? asText(defaults?.limits[name])
  const request = (name: string): string | undefined =>
    read('requests', name) ?? read('limits', name) ?? asText(defaults?.requests[name])
  const implied = (name: string): boolean => read('requests', name) === undefined && read('limits', name) !== undefined
  return {
    impliedRequests: ['cpu', 'memory'].filter(implied),
    cpuRequest: request('cpu'),
    cpuLimit: limit('cpu'),
    memoryRequest: request('memory'),
    memoryLimit: limit('memory'),
  }
}

const within = (request: string | undefined, limit: string | undefined): boolean => {
  const least = quantity(request ?? '')
  const most = quantity(limit ?? '')
  return least === undefined || most === undefined || least <= most
}

/** Whether no request is larger than its limit. */
export const requestsWithinLimits = (resources: Resources): boolean =>
  within(resources.cpuRequest, resources.cpuLimit) && within(resources.memoryRequest, resources.memoryLimit)
