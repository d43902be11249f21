// Prints time and peak memory of `prodgate check` on 100 MB of every format of evidence.
//   node bench/evidence/run.ts [--only junit] [--node /usr/bin/node]
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { measureCli } from '../measure-cli.ts'
import type { EvidenceGenerator } from './generator.ts'

const option = (name: string, fallback: string): string => {
  const at = process.argv.indexOf(name)
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback)
}

/** What a file of 100 MB may take: megabytes, and seconds. */
const limits = { memory: 200, wall: 10 }
const size = 100_000_000

const cli = join(import.meta.dirname, '../../dist/cli.js')

const allGenerators = async (): Promise<EvidenceGenerator[]> => {
  const names = readdirSync(import.meta.dirname).filter(
    (name) => name.endsWith('.ts') && !['run.ts', 'generator.ts'].includes(name),
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
  mkdirSync(dirname(file), { recursive: true })
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

interface Read {
  evidence: { format: string }[]
  refused?: { reason: string }[]
}

let beyond = 0
console.log(`${'evidence'.padEnd(34)}  wall s   cpu s  peak MB`)
for (const { name, path, text } of await allGenerators()) {
  const scratch = mkdtempSync(join(tmpdir(), 'prodgate-evidence-'))
  try {
    write(join(scratch, path), text(size))
    const { wall, cpu, memory, stdout } = measureCli(
      [cli, 'check', scratch, '--format', 'json'],
      option('--node', process.execPath),
    )
    const { evidence, refused = [] } = JSON.parse(stdout) as Read
    const over = memory > limits.memory || wall > limits.wall
    if (over) beyond++
    const columns = [wall.toFixed(2).padStart(7), cpu.toFixed(2).padStart(7), memory.toFixed(0).padStart(8)]
    const [found] = evidence
    const read = found === undefined ? `refused: ${refused[0]?.reason ?? 'NOT READ'}` : found.format
    console.log([name.padEnd(34), ...columns, read, over ? 'BEYOND' : ''].join(' '))
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
if (beyond > 0) process.exitCode = 1
