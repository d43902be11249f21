import { createHmac, randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import type { Installation } from '../state/types.ts'

/** One attempt to deliver one event to one app. */
export interface Delivery {
  id: number
  guid: string
  event: string
  action: string | null
  installation: Installation
  repositoryId: number | null
  deliveredAt: string
  redelivery: boolean
  /** Seconds. */
  duration: number
  status: string
  statusCode: number
  requestHeaders: Record<string, string>
  payload: string
  responseHeaders: Record<string, string>
  responseBody: string
}

/** What goes wrong on the way to the app. */
export interface DeliveryFault {
  /** The event's name; any without it. */
  event?: string
  /** `lost` never arrives and is recorded as failed; `twice` arrives again, with the same GUID. */
  kind: 'lost' | 'twice'
  times?: number
}

const agent = new Agent({ keepAlive: true, maxSockets: 200 })
const mostBody = 10_000

interface Outcome {
  status: string
  statusCode: number
  headers: Record<string, string>
  body: string
}

const failed = (status: string, statusCode: number): Outcome => ({ status, statusCode, headers: {}, body: '' })

const post = (url: string, headers: Record<string, string>, body: string, timeout: number): Promise<Outcome> =>
  new Promise((resolve) => {
    const sent = request(url, { method: 'POST', headers, agent }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', () => resolve(failed('failed to connect to host', 502)))
      response.on('end', () => {
        const statusCode = response.statusCode ?? 0
        const good = statusCode >= 200 && statusCode < 300
        resolve({
          status: good ? 'OK' : `Invalid HTTP Response: ${statusCode}`,
          statusCode,
          headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
          body: Buffer.concat(parts).toString('utf8').slice(0, mostBody),
        })
      })
    })
    const timer = setTimeout(() => {
      resolve(failed('timed out', 504))
      sent.destroy()
    }, timeout)
    sent.on('close', () => clearTimeout(timer))
    sent.on('error', () => resolve(failed('failed to connect to host', 502)))
    sent.end(body)
  })

const signature = (algorithm: string, secret: string, payload: string): string =>
  `${algorithm}=${createHmac(algorithm, secret).update(payload).digest('hex')}`

/** Sends webhooks and keeps what became of each. Nothing is sent again unless asked for. */
export class Deliveries {
  /** The newest last. */
  readonly log: Delivery[] = []
  readonly faults: DeliveryFault[] = []
  readonly #underWay = new Set<Promise<void>>()
  readonly #byId = new Map<number, Delivery>()
  /** How long an app has to answer, in milliseconds. */
  timeout: number
  /** The oldest are forgotten above this. */
  mostKept = 20_000
  readonly #nextId: () => number

  constructor(nextId: () => number, timeout: number) {
    this.#nextId = nextId
    this.timeout = timeout
  }

  get(id: number): Delivery | undefined {
    return this.#byId.get(id)
  }

  #struck(event: string): DeliveryFault['kind'] | undefined {
    const fault = this.faults.find((one) => (one.event ?? event) === event && (one.times ?? 1) > 0)
    if (fault !== undefined) fault.times = (fault.times ?? 1) - 1
    return fault?.kind
  }

  /** Sends an event; gives its GUID at once. */
  send(
    installation: Installation,
    event: { name: string; action: string | null; repositoryId: number | null; payload: string },
    guid: string = randomUUID(),
  ): string {
    const fault = this.#struck(event.name)
    this.#start(installation, event, guid, false, fault === 'lost')
    if (fault === 'twice') this.#start(installation, event, guid, true, false)
    return guid
  }

  /** Sends a delivery once more, with the same GUID, as GitHub does when asked. */
  attempt({ installation, event, action, repositoryId, payload, guid }: Delivery): void {
    this.#start(installation, { name: event, action, repositoryId, payload }, guid, true, false)
  }

  /** When every delivery under way has ended. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  #start(
    installation: Installation,
    event: { name: string; action: string | null; repositoryId: number | null; payload: string },
    guid: string,
    redelivery: boolean,
    lost: boolean,
  ): void {
    const { app } = installation
    if (app.webhookUrl === undefined) return
    const requestHeaders = {
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/5a1e',
      accept: '*/*',
      'x-github-delivery': guid,
      'x-github-event': event.name,
      'x-github-hook-id': String(app.id + 1_000_000),
      'x-github-hook-installation-target-id': String(app.id),
      'x-github-hook-installation-target-type': 'integration',
      'x-hub-signature': signature('sha1', app.webhookSecret, event.payload),
      'x-hub-signature-256': signature('sha256', app.webhookSecret, event.payload),
      'content-length': String(Buffer.byteLength(event.payload)),
    }
    const { name, ...rest } = event
    const run = async (url: string): Promise<void> => {
      const begun = Date.now()
      const outcome = lost
        ? failed('failed to connect to host', 502)
        : await post(url, requestHeaders, event.payload, this.timeout)
      this.#record({
        ...rest,
        event: name,
        id: this.#nextId(),
        guid,
        installation,
        deliveredAt: new Date(begun).toISOString(),
        redelivery,
        duration: (Date.now() - begun) / 1000,
        status: outcome.status,
        statusCode: outcome.statusCode,
        requestHeaders,
        responseHeaders: outcome.headers,
        responseBody: outcome.body,
      })
    }
    const running = run(app.webhookUrl).finally(() => this.#underWay.delete(running))
    this.#underWay.add(running)
  }

  #record(delivery: Delivery): void {
    this.log.push(delivery)
    this.#byId.set(delivery.id, delivery)
    const excess = this.log.length - this.mostKept
    for (const old of this.log.splice(0, Math.max(0, excess))) this.#byId.delete(old.id)
  }
}
