import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { builtCli } from '../../bundles/bundles.ts'
import { runCli } from '../../run-cli.ts'

const shop = join(import.meta.dirname, '../../../examples/ready')
const loader = join(import.meta.dirname, '../../../src/hosts/cli/code-cache.ts')
const cli = builtCli()
let folder = ''
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'prodgate-code-')), 'deep/prodgate')
})

const names = (): string[] => readdirSync(folder)
const file = (): string => join(folder, names()[0] ?? '')
// Nothing is kept below the directory that a run is started in.
const elsewhere = mkdtempSync(join(tmpdir(), 'prodgate-elsewhere-'))
const run = (...args: string[]): ReturnType<typeof runCli> =>
  runCli(cli, args, elsewhere, { XDG_CACHE_HOME: dirname(folder) })
const check = (): string => run('check', shop, '--format', 'json', '--now', '2027-01-01').stdout

describe('the compiled code of the command line', () => {
  test('is kept by the first run, taken by the next, and changes nothing', () => {
    const plain = runCli(cli, ['check', shop, '--format', 'json', '--now', '2027-01-01'], elsewhere)
    expect([plain.code, plain.stderr]).toEqual([0, ''])
    expect(check()).toBe(plain.stdout)
    const [name = ''] = names()
    expect(names()).toHaveLength(1)
    const first = statSync(join(folder, name))
    expect(check()).toBe(plain.stdout)
    expect(names()).toEqual([name])
    // The same file, in which the run was counted.
    const { ino, size } = statSync(join(folder, name))
    expect({ ino, size }).toEqual({ ino: first.ino, size: first.size })
  })

  test('holds what ran: a list of the rules brings what a question for the version left up to date', () => {
    run('--version')
    const [name = ''] = names()
    const little = statSync(join(folder, name)).size
    run('rules')
    expect(statSync(join(folder, name)).size).toBeGreaterThan(1.1 * little)
    check()
    expect(names()).toHaveLength(2)
  })

  test('is that of one user', () => {
    run('--version')
    const modes = [folder, join(folder, names()[0] ?? '')].map((path) => statSync(path).mode & 0o777)
    expect(modes).toEqual([0o700, 0o600])
  })
})

/** Runs a small script with its kept code, in a process of its own, since V8 keeps code in its memory too. */
const load = (script: string, at = folder, flags: readonly string[] = []): string =>
  execFileSync(
    process.execPath,
    [
      ...flags,
      '--input-type=module',
      '-e',
      `import { createRequire } from 'node:module'
       import { loadWithCode } from ${JSON.stringify(loader)}
       console.log(loadWithCode(createRequire(${JSON.stringify(script)}), ${JSON.stringify(script)}, ${JSON.stringify(at)}, 'all').greet('Ada'))`,
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  )

describe('a script', () => {
  const greeting = (word: string): string => {
    const script = join(mkdtempSync(join(tmpdir(), 'prodgate-script-')), 'greeting.cjs')
    const text = `const { basename } = require('node:path'); exports.greet = (name) => basename('/x/${word} ') + name`
    writeFileSync(script, text)
    return script
  }

  test.each([
    ['with a byte of its code turned over', (bytes: Buffer) => bytes.with(40, (bytes[40] ?? 0) ^ 1)],
    ['with half of its code', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['with no code', () => Buffer.alloc(0)],
  ])('%s is compiled again', (_, damage) => {
    const script = greeting('Good morning')
    expect(load(script)).toBe('Good morning Ada\n')
    const whole = readFileSync(file())
    writeFileSync(file(), damage(whole))
    expect(load(script)).toBe('Good morning Ada\n')
    expect(readFileSync(file()).length).toBe(whole.length)
    expect(names()).toHaveLength(1)
  })

  test('is compiled again for a V8 with other switches', () => {
    const script = greeting('Good morning')
    load(script, folder, ['--no-lazy'])
    utimesSync(file(), 1000, 1000)
    expect(load(script)).toBe('Good morning Ada\n')
    expect(statSync(file()).mtimeMs).toBeGreaterThan(1_000_000)
  })

  test('that sets V8’s switches leaves no code that the next run would refuse', () => {
    const script = greeting('Good morning')
    const text = readFileSync(script, 'utf8')
    writeFileSync(script, `require('node:v8').setFlagsFromString('--semi-space-growth-factor=1'); ${text}`)
    expect(load(script)).toBe('Good morning Ada\n')
    expect(existsSync(folder)).toBe(false)
  })

  test('that was changed does not get the code of what it was', () => {
    const script = greeting('Good morning')
    load(script)
    writeFileSync(script, readFileSync(script, 'utf8').replace('morning', 'evening'))
    expect(load(script)).toBe('Good evening Ada\n')
  })

  test('runs where nothing can be kept', () => {
    const blocked = join(mkdtempSync(join(tmpdir(), 'prodgate-code-')), 'file')
    writeFileSync(blocked, '')
    expect(load(greeting('Hello'), join(blocked, 'cache'))).toBe('Hello Ada\n')
  })

  test('leaves the code of eight programs, and what is not its own', () => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'notes.txt'), 'mine')
    for (let old = 1; old <= 12; old++) {
      writeFileSync(join(folder, `prodgate-${old}`), '')
      utimesSync(join(folder, `prodgate-${old}`), old, old)
    }
    load(greeting('Hello'))
    expect(names()).toHaveLength(9)
    expect(names()).toEqual(expect.arrayContaining(['notes.txt', 'prodgate-12', 'prodgate-6']))
  })
})
