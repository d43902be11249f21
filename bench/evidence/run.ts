// Prints time and peak memory of reading 100 MB of every format of evidence.
//   node bench/evidence/run.ts [--size 100] [--only junit] [--node /usr/bin/node]
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EvidenceGenerator } from './generator.ts'

const option = (name: string, fallback: string): string => {
  const at = process.argv.indexOf(name)
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback)
}

/** What a file of 100 MB may take: megabytes, and seconds. */
const limits = { memory: 200, wall: 10 }

const size = Number(option('--size', '100')) * 1_000_000
const node = option('--node', process.execPath)

const allGenerators = async (): Promise<EvidenceGenerator[]> => {
  const names = readdirSync(import.meta.dirname).filter(
    (name) => name.endsWith('.ts') && !['run.ts', 'read-one.ts', 'generator.ts'].includes(name),
  )
  const families = await Promise.all(
    names.toSorted().map(async (name) => {
      const { generators } = (await import(`./${name}`)) as { generators: EvidenceGenerator[] }
      return generators
    }),
  )
  return families.flat().filter(({ name }) => name.includes(option('--only', '')))
}

const write = (file: string, text: Iterable<string>): void => {
  const opened = openSync(file, 'w')
  let buffered = ''
  for (const part of text) {
    buffered += part
    if (buffered.length < 1_000_000) continue
    writeSync(opened, buffered)
    buffered = ''
  }
  writeSync(opened, buffered)
  closeSync(opened)
}

const scratch = mkdtempSync(join(tmpdir(), 'prodgate-evidence-'))
let beyond = 0
try {
  console.log(`${'evidence'.padEnd(34)}  wall s   cpu s  peak MB     facts`)
  for (const { name, path, text } of await allGenerators()) {
    const file = join(scratch, path)
    write(file, text(size))
    const { status, stdout, stderr } = spawnSync(node, [join(import.meta.dirname, 'read-one.ts'), file], {
      encoding: 'utf8',
    })
    rmSync(file)
    if (status !== 0) throw new Error(`${name}: exit ${status ?? 'by a signal'}: ${stderr}`)
    const read = JSON.parse(stdout) as Record<'wall' | 'cpu' | 'memory' | 'facts', number> &
      Record<'format' | 'refused', string>
    const over = read.memory > limits.memory || read.wall > limits.wall
    if (over) beyond++
    console.log(
      [
        name.padEnd(34),
        read.wall.toFixed(2).padStart(7),
        read.cpu.toFixed(2).padStart(7),
        read.memory.toFixed(0).padStart(8),
        String(read.facts).padStart(9),
        read.refused === '' ? (read.format === '' ? 'NOT READ' : '') : `refused: ${read.refused}`,
        over ? 'BEYOND' : '',
      ].join(' '),
    )
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
if (beyond > 0) process.exitCode = 1
