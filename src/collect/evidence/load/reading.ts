import type { Fact } from '../../../core/facts/index.ts'
import { startOf } from '../../../core/facts/place.ts'
import { defined } from '../../shape.ts'
import { firstLine, type Parsed, type Refusal } from '../format.ts'
import { access } from './access.ts'

/** Durations that shares of the requests took at the most, in milliseconds. */
export interface Percentiles {
  p50?: number | undefined
  p90?: number | undefined
  p95?: number | undefined
  p99?: number | undefined
}

export interface Measured extends Percentiles {
  requests: number
  /** Requests that failed; undefined where the file does not tell. */
  failed?: number | undefined
  /** Requests in a second. */
  throughput?: number | undefined
}

/** The requests of one name, tag or method. */
export interface Group extends Omit<Measured, 'requests'> {
  name: string
  method?: string | undefined
  requests?: number | undefined
  line?: number
}

export interface Threshold {
  metric: string
  condition: string
  met: boolean
}

/** What one file of a load test says, in milliseconds, seconds and requests. */
export interface Reading extends Measured {
  tool: string
  version?: string | undefined
  users?: number | undefined
  seconds?: number | undefined
  startedAt?: string | undefined
  groups: readonly Group[]
  thresholds?: readonly Threshold[]
  timeline?: boolean
}

/** More kinds of request than a person would look at; those beyond are in the total alone. */
export const maxGroups = 200

const round = (value: number | undefined, digits = 3): number | undefined =>
  value === undefined ? undefined : Number(value.toFixed(digits))

/** Why a file is not taken. */
export const refuse = (code: string, reason: string, at = { line: 1, column: 1 }): { refused: Refusal } => ({
  refused: { code, reason, ...at },
})

const numbersOf = ({ failed, throughput, p50, p90, p95, p99, requests }: Group) => ({
  errorRate:
    failed === undefined || requests === undefined || requests === 0 ? undefined : round((100 * failed) / requests, 4),
  throughput: round(throughput),
  p50: round(p50),
  p90: round(p90),
  p95: round(p95),
  p99: round(p99),
})

const isSound = (group: Group): boolean => {
  const { requests, failed, throughput, p50, p90, p95, p99 } = group
  const numbers = [requests, failed, throughput, p50, p90, p95, p99].filter((value) => value !== undefined)
  return (
    numbers.every((value) => Number.isFinite(value) && value >= 0) &&
    (failed === undefined || requests === undefined || failed <= requests)
  )
}

/** The numbers of a group may be of no use to anybody: then the file was made by hand, or by a bug. */
const unsound = ({ groups, ...reading }: Reading): Group | Reading | undefined => {
  const { users = 0, seconds = 0 } = reading
  if (![users, seconds].every((value) => Number.isFinite(value) && value >= 0)) return { groups, ...reading }
  return [{ ...reading, name: 'the total' }, ...groups].find((group) => !isSound(group))
}

const endpoints = (path: string, { tool, groups, ...total }: Reading): Fact[] => {
  const told: readonly Group[] = groups.length === 0 ? [{ ...total, name: 'all requests' }] : groups
  return told.slice(0, maxGroups).map(({ line = 1, ...group }) => {
    const name = firstLine(group.name, 120) ?? '(no name)'
    return {
      kind: 'load.endpoint',
      subject: `requests ${name}`,
      place: { path, line, column: 1 },
      value: {
        name,
        tool,
        access: access(group.method),
        ...defined({ method: group.method, requests: group.requests, ...numbersOf(group) }),
      },
    }
  })
}

/** The facts of a reading, or why its numbers cannot be any. A test that sent nothing is refused: it proves nothing. */
export const loadEvidence = (path: string, reading: Reading): Parsed => {
  const { tool, requests, users, seconds, startedAt, thresholds = [], timeline = false } = reading
  if (requests === 0) return refuse('empty', 'has no request in it: nothing was tested')
  const wrong = unsound(reading)
  if (wrong !== undefined)
    return refuse(
      'number',
      `has numbers that no load test gives, in ${'name' in wrong ? wrong.name.slice(0, 80) : 'the total'}`,
    )
  const about = {
    ...numbersOf({ ...reading, name: '' }),
    users,
    seconds: round(seconds),
    startedAt,
    version: reading.version === undefined ? undefined : firstLine(reading.version, 40),
  }
  return {
    facts: [
      {
        kind: 'load.run',
        subject: `load test with ${tool}`,
        place: startOf(path),
        value: { tool, requests, timeline, endpoints: reading.groups.length, ...defined(about) },
      },
      ...(timeline ? [] : endpoints(path, reading)),
      ...thresholds.slice(0, maxGroups).map((threshold): Fact => {
        const metric = firstLine(threshold.metric, 120) ?? '(no name)'
        const condition = firstLine(threshold.condition, 120) ?? '(no condition)'
        return {
          kind: 'load.threshold',
          subject: `threshold ${metric} ${condition}`,
          place: startOf(path),
          value: { tool, metric, condition, met: threshold.met },
        }
      }),
    ],
    answers: thresholds.length === 0 ? [] : ['load.threshold'],
    ...(startedAt === undefined ? {} : { createdAt: startedAt }),
  }
}
