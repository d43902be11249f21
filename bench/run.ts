// Prints time, files a second, peak memory and how the cost grows, for repositories of 10, 100 and 1,000 services, and what the
// costliest rules and the collectors take of the largest.
//   npm run bench [-- --cli dist/cli.js] [--node /usr/bin/node]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { costsOf, costTable } from './costs.ts'
import { generateRepository } from './generate.ts'
import { measureCli } from './measure-cli.ts'

const option = (name: string, fallback: string): string => {
  const at = process.argv.indexOf(name)
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback)
}
const cli = resolve(option('--cli', join(import.meta.dirname, '../dist/cli.js')))
const node = option('--node', process.execPath)
const repeat = Number(option('--repeat', '5'))

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const scratch = mkdtempSync(join(tmpdir(), 'prodgate-bench-'))
try {
  const rows = [1, 10, 100, 1000].map((services) => {
    const directory = join(scratch, String(services))
    const { files, documents } = generateRepository(directory, services)
    const runs = Array.from({ length: services === 1000 ? 3 : repeat }, () =>
      measureCli([cli, 'check', directory, '--format', 'json'], node),
    )
    const [wall, cpu, memory] = [
      median(runs.map((run) => run.wall)),
      median(runs.map((run) => run.cpu)),
      Math.max(...runs.map((run) => run.memory)),
    ]
    return { services, files, documents, wall, cpu, memory }
  })
  console.log('services   files  documents   wall s    cpu s   files/s   peak MB')
  for (const { services, files, documents, wall, cpu, memory } of rows)
    console.log(
      [
        String(services).padStart(8),
        String(files).padStart(7),
        String(documents).padStart(10),
        wall.toFixed(2).padStart(8),
        cpu.toFixed(2).padStart(8),
        (files / wall).toFixed(0).padStart(9),
        memory.toFixed(0).padStart(9),
      ].join(' '),
    )
  const [small, , hundred, thousand] = rows
  if (small !== undefined && hundred !== undefined && thousand !== undefined) {
    const grown = (thousand.wall - small.wall) / (hundred.wall - small.wall)
    console.log(`start to first verdict on one service: ${(small.wall * 1000).toFixed(0)} ms`)
    console.log(`ten times the services cost ${grown.toFixed(1)} times the work (100 to 1,000; start-up taken off)`)
  }
  console.log(costTable(await costsOf(join(scratch, '1000'))))
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
