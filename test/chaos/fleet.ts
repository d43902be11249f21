import { setTimeout as pause } from 'node:timers/promises'
import { AppProcess, freePort } from '../e2e/app/app-process.ts'

/** The processes that are the App together, one of which dies again and again. */
export class Fleet {
  readonly #processes: readonly AppProcess[]
  readonly #random: () => number
  #chaos: Promise<void> = Promise.resolve()
  #ending = false
  kills = 0

  private constructor(processes: readonly AppProcess[], random: () => number) {
    this.#processes = processes
    this.#random = random
  }

  /**
   * @param roles of each process; the first one takes the webhooks
   * @param port of the first one
   */
  static async start(given: {
    bundle: string
    port: number
    roles: readonly string[]
    env: Readonly<Record<string, string>>
    random: () => number
  }): Promise<Fleet> {
    const processes: AppProcess[] = []
    for (const [index, role] of given.roles.entries()) {
      const port = index === 0 ? given.port : await freePort()
      const env = { ...given.env, PRODGATE_ROLE: role, PRODGATE_JUDGES: '1' }
      processes.push(await new AppProcess({ bundle: given.bundle, port, env }).start())
    }
    return new Fleet(processes, given.random)
  }

  get log(): string {
    return this.#processes.map(({ log }) => log).join('\n')
  }

  /** Kills one process after the other from now on, each about a second after the last one was ready again. */
  beginKilling(): void {
    this.#chaos = this.#killOn()
  }

  async #killOn(): Promise<void> {
    while (!this.#ending) {
      await pause(500 + this.#random() * 1000)
      if (this.#ending) return
      const struck = this.#processes[Math.floor(this.#random() * this.#processes.length)]
      await struck?.kill()
      this.kills += 1
      await struck?.start()
    }
  }

  /** Lets all live. */
  async endKilling(): Promise<void> {
    this.#ending = true
    await this.#chaos
  }

  /** @returns the exit codes */
  async stop(): Promise<(number | null)[]> {
    await this.endKilling()
    return await Promise.all(this.#processes.map((one) => one.stop()))
  }

  async kill(): Promise<void> {
    this.#ending = true
    await this.#chaos.catch(() => undefined)
    await Promise.all(this.#processes.map((one) => one.kill()))
  }
}
