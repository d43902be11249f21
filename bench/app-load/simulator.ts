import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const root = join(import.meta.dirname, '../..')

export interface GateRow {
  run: number
  state: 'waiting' | 'approved' | 'rejected'
  openedAt: number
  answeredAt?: number
}
export interface DeliveryRow {
  event: string
  /** Seconds. */
  duration: number
  statusCode: number
}
interface State {
  requests: Record<string, number>
  violations: string[]
}

/** The simulator as a process, and what can be asked of it. */
export interface Simulator {
  env: Record<string, string>
  post<Answer>(name: string, body: object): Promise<Answer>
  state(): Promise<State>
  gates(): Promise<GateRow[]>
  deliveries(): Promise<DeliveryRow[]>
  latency(milliseconds: number): Promise<void>
  stop(): Promise<void>
}

/** Starts the simulator with one app, whose webhooks go to the URL. */
export const startSimulator = async (webhookUrl: string): Promise<Simulator> => {
  const child = spawn(
    join(root, 'node_modules/.bin/node'),
    [join(root, 'test/simulator/start.ts'), '--webhook-url', webhookUrl],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const { url, env } = JSON.parse(line) as { url: string; env: Record<string, string> }
  const ask = async <Answer>(method: string, name: string, body?: object): Promise<Answer> => {
    const response = await fetch(`${url}/_simulator/${name}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    if (!response.ok) throw new Error(`the simulator refuses ${name}: ${JSON.stringify(answer)}`)
    return answer as Answer
  }
  return {
    env,
    post: (name, body) => ask('POST', name, body),
    state: () => ask('GET', 'state'),
    gates: () => ask('GET', 'gates'),
    deliveries: () => ask('GET', 'deliveries'),
    latency: async (milliseconds) => {
      const faults = milliseconds > 0 ? [{ kind: 'latency', milliseconds }] : []
      await ask('POST', 'faults', { clear: true, faults })
    },
    stop: async () => {
      const closed = once(child, 'close')
      child.kill('SIGKILL')
      await closed
    },
  }
}
