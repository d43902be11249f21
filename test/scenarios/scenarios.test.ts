import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { builtCli } from '../bundles/bundles.ts'
import { runCli } from '../run-cli.ts'
import { parseScenario, type Scenario, type Step } from './scenario.ts'

const cli = builtCli()

const folder = import.meta.dirname
const scenarios = readdirSync(folder)
  .filter((name) => name.endsWith('.scenario'))
  .map((file) => ({ file, scenario: parseScenario(readFileSync(join(folder, file), 'utf8')) }))

const write = (root: string, files: Record<string, string>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

const layOut = ({ files }: Scenario): string => {
  const root = mkdtempSync(join(tmpdir(), 'prodgate-scenario-'))
  write(root, files)
  return root
}

const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@shop.example', '-c', 'init.defaultBranch=main']

/** The parts that are not in the text, in their order, each after the one before. */
const missing = (text: string, parts: readonly string[]): string[] => {
  let from = 0
  return parts.filter((part) => {
    const at = text.indexOf(part, from)
    if (at >= 0) from = at + part.length
    return at < 0
  })
}

const valueAt = (data: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => {
    if (key === 'length' && Array.isArray(value)) return value.length
    return (value as Record<string, unknown> | undefined)?.[key]
  }, data)

const play = (step: Step, root: string): void => {
  write(root, step.writes)
  if (step.program === 'git') {
    execFileSync('git', ['-C', root, ...author, ...step.command], { stdio: 'pipe' })
    return
  }
  const { code, stdout, stderr } = runCli(cli, step.command, root, step.env)
  const all = `${step.command.join(' ')}\n${stdout}\n${stderr}`
  expect({ missing: missing(stdout, step.stdout), in: stdout }).toEqual({ missing: [], in: stdout })
  expect({ missing: missing(stderr, step.stderr), in: stderr }).toEqual({ missing: [], in: stderr })
  expect(step.stdoutLacks.filter((part) => stdout.includes(part))).toEqual([])
  expect(step.stderrLacks.filter((part) => stderr.includes(part))).toEqual([])
  if (step.json.length > 0) {
    const data: unknown = JSON.parse(stdout)
    for (const { path, value } of step.json) expect({ path, value: valueAt(data, path) }).toEqual({ path, value })
  }
  for (const { path, parts } of step.files) {
    const text = readFileSync(join(root, path), 'utf8')
    expect({ missing: missing(text, parts), in: text }).toEqual({ missing: [], in: text })
  }
  expect({ code, all }).toEqual({ code: step.exit, all })
}

describe.each(scenarios)('$file: $scenario.name', ({ scenario }) => {
  test('goes as it says', () => {
    expect(scenario.steps).not.toEqual([])
    const root = layOut(scenario)
    for (const step of scenario.steps) play(step, root)
  })
})
