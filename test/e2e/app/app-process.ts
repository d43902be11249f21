import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from '../runner.ts'

const node = join(root, 'node_modules/.bin/node')
/** Of the log, in characters; what comes after is dropped. */
const mostLog = 50_000_000

/** A port that nobody listens on now. */
export const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => {
    server.close(resolve)
  })
  return port
}

export interface AppOptions {
  bundle: string
  port: number
  /** What the App's process is started with, beside the port. Nothing of this process's own environment is passed on. */
  env: Readonly<Record<string, string>>
}

/** The App as a process of its own, as an operator starts it. It can be killed and started again. */
export class AppProcess {
  readonly #options: AppOptions
  #child: ChildProcess | undefined
  #log = ''

  constructor(options: AppOptions) {
    this.#options = options
  }

  get url(): string {
    return `http://127.0.0.1:${this.#options.port}`
  }

  /** Everything that it has printed, of all its lives. */
  get log(): string {
    return this.#log
  }

  get running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Starts it, without waiting until it is ready. */
  launch(nodeOptions: readonly string[] = []): void {
    const { bundle, port } = this.#options
    const child = spawn(node, [...nodeOptions, bundle], {
      env: { PATH: process.env['PATH'] ?? '', HOST: '127.0.0.1', PORT: String(port), ...this.#options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => {
        if (this.#log.length < mostLog) this.#log += part
      })
    this.#child = child
  }

  /**
   * Starts it and waits until `/readyz` says so.
   * @param nodeOptions options of Node's, such as `--import`
   */
  async start(...nodeOptions: readonly string[]): Promise<this> {
    this.launch(nodeOptions)
    await this.ready()
    return this
  }

  async ready(milliseconds = 120_000): Promise<void> {
    const until = Date.now() + milliseconds
    while (!(await this.#answers())) {
      if (!this.running) throw new Error(`the App ended before it was ready:\n${this.#log.slice(-4000)}`)
      if (Date.now() > until) throw new Error(`the App was not ready in time:\n${this.#log.slice(-4000)}`)
      await pause(25)
    }
  }

  async #answers(): Promise<boolean> {
    try {
      const response = await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(5000) })
      await response.arrayBuffer()
      return response.ok
    } catch {
      return false
    }
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Asks it to stop, and gives its exit code. */
  async stop(): Promise<number | null> {
    return await this.#end('SIGTERM')
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = this.#child
    if (child === undefined || !this.running) return child?.exitCode ?? null
    const closed = once(child, 'close')
    child.kill(signal)
    await closed
    return child.exitCode
  }
}
