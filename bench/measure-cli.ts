import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Measured {
  /** Seconds. */
  wall: number
  /** Seconds, of user and system. */
  cpu: number
  /** The peak, in megabytes. */
  memory: number
  stdout: string
}

// The process tells its own use of the machine as it ends: nobody else can read the peak afterwards.
const probe = (file: string): string =>
  `data:text/javascript,import { writeFileSync } from 'node:fs';process.on('exit', () => { const u = process.resourceUsage(); ` +
  `writeFileSync(${JSON.stringify(file)}, JSON.stringify({ cpu: (u.userCPUTime + u.systemCPUTime) / 1e6, memory: u.maxRSS / 1024 })) })`

/**
 * Runs the command line once.
 * @param args the script, and what follows it
 * @throws where it neither judges go nor no-go
 */
export const measureCli = (args: readonly string[], node: string): Measured => {
  const scratch = mkdtempSync(join(tmpdir(), 'prodgate-measure-'))
  const file = join(scratch, 'usage.json')
  try {
    const start = performance.now()
    const { status, stdout, stderr } = spawnSync(node, ['--import', probe(file), ...args], {
      maxBuffer: 512_000_000,
      encoding: 'utf8',
    })
    const wall = (performance.now() - start) / 1000
    if (status !== 0 && status !== 1) throw new Error(`exit ${status ?? 'by a signal'}: ${stderr}`)
    return { wall, stdout, ...(JSON.parse(readFileSync(file, 'utf8')) as { cpu: number; memory: number }) }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
