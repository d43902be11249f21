import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtCli } from '../bundles/bundles.ts'

const root = join(import.meta.dirname, '../..')
const node = join(root, 'node_modules/.bin/node')
const page = readFileSync(join(root, 'docs/writing-rules.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'prodgate-writing-'))
const programs = mkdtempSync(join(tmpdir(), 'prodgate-programs-'))

/** What a reader of the page does, in its order: writes a file, or runs a command and sees lines. */
type Deed = { write: string; text: string } | { run: string; shows: string[] }

const deedsOf = (text: string): Deed[] =>
  [...text.matchAll(/(?:^`([^`\n]+)`:\n\n)?^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, path, language, body = '']): Deed[] => {
    if (path !== undefined) return [{ write: path, text: body }]
    if (language !== 'console') return []
    return body
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const [run = '', ...shows] = part.trim().split('\n')
        return { run, shows: shows.map((line) => line.trim()) }
      })
  })

const program = (name: string, script: string): void => {
  writeFileSync(join(programs, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(programs, name), 0o755)
}

beforeAll(() => {
  program('prodgate', `exec '${node}' '${builtCli()}' "$@"`)
  // The page's only script of npm. What stands before the dashes is `run new:rule`.
  program('npm', `shift 3\nexec '${node}' '${join(root, 'scripts/new-rule.ts')}' "$@"`)
})
afterAll(() => {
  for (const path of [folder, programs]) rmSync(path, { recursive: true, force: true })
})

const run = (command: string): string => {
  const { stdout, stderr } = spawnSync('sh', ['-c', `(${command}) 2>&1`], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: `${programs}:${process.env['PATH'] ?? ''}`, GIT_CEILING_DIRECTORIES: tmpdir() },
  })
  return stdout + stderr
}

test('every command of docs/writing-rules.md does what the page shows', () => {
  const deeds = deedsOf(page)
  expect(deeds.filter((deed) => 'run' in deed).length).toBeGreaterThanOrEqual(7)
  for (const deed of deeds) {
    if ('write' in deed) {
      mkdirSync(dirname(join(folder, deed.write)), { recursive: true })
      writeFileSync(join(folder, deed.write), deed.text)
      continue
    }
    const said = run(deed.run)
    let from = 0
    const missing = deed.shows.filter((line) => {
      const at = said.indexOf(line, from)
      if (at >= 0) from = at + line.length
      return at < 0
    })
    expect({ run: deed.run, missing, said }).toEqual({ run: deed.run, missing: [], said })
  }
})
