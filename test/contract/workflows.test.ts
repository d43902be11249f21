import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const folder = join(import.meta.dirname, '../../.github/workflows')

describe.each(readdirSync(folder))('%s', (name) => {
  const text = readFileSync(join(folder, name), 'utf8')

  test('names every action by a full commit and its version', () => {
    const uses = text.split('\n').filter((line) => /^\s*(- )?uses:/.test(line) && !line.includes('uses: ./'))
    expect(uses.filter((line) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([])
  })

  test('gives nothing to all jobs, and to each job what it needs', () => {
    const workflow = parse(text) as { permissions: unknown; jobs: Record<string, { permissions?: unknown }> }
    expect(workflow.permissions).toEqual({})
    for (const job of Object.values(workflow.jobs)) expect(job.permissions).toBeDefined()
  })

  test('puts no expression into a script', () => {
    const scripts = Object.values(
      (parse(text) as { jobs: Record<string, { steps: { run?: string }[] }> }).jobs,
    ).flatMap(({ steps }) => steps.map(({ run }) => run ?? ''))
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([])
  })
})
