import { asMapping, asNumber, asText, type Mapping } from '../shape.ts'
import { resolve } from './interpolation.ts'

export interface Restart {
  policy: 'always' | 'unless-stopped' | 'on-failure' | 'no' | 'none' | 'computed'
  /** The largest number of attempts written, of `restart` and of `deploy.restart_policy`. */
  attempts?: number
}

const simple = (written: unknown): Restart => {
  if (written === undefined || written === null) return { policy: 'none' }
  const { text, computed } = resolve(asText(written) ?? '')
  if (computed) return { policy: 'computed' }
  const [policy, attempts] = text.trim().split(':')
  if (policy === 'on-failure') {
    const count = Number.parseInt(attempts ?? '', 10)
    return Number.isNaN(count) ? { policy } : { policy, attempts: count }
  }
  // `restart: no` without quotes is false in YAML 1.1.
  return { policy: policy === 'always' || policy === 'unless-stopped' ? policy : policy === '' ? 'none' : 'no' }
}

const deployed = (policy: Mapping | undefined): Restart => {
  if (policy === undefined) return { policy: 'none' }
  const attempts = asNumber(policy['max_attempts'])
  const condition = resolve(asText(policy['condition']) ?? 'any').text
  if (condition === 'none') return { policy: 'no' }
  if (condition !== 'on-failure') return { policy: 'always' }
  return attempts === undefined ? { policy: 'on-failure' } : { policy: 'on-failure', attempts }
}

/** A service's restart policy: that of `deploy`, where there is one, else that of `restart`. */
export const readRestart = (service: Mapping): Restart => {
  const own = simple(service['restart'])
  const swarm = deployed(asMapping(asMapping(service['deploy'])?.['restart_policy']))
  const chosen = swarm.policy === 'none' ? own : swarm
  const attempts = Math.max(own.attempts ?? -1, swarm.attempts ?? -1)
  return attempts < 0 ? { policy: chosen.policy } : { policy: chosen.policy, attempts }
}
