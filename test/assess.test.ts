import { describe, expect, test } from 'vitest'
import { memoryWorkspace } from '../src/adapters/memory/memory.ts'
import { assess, type AssessInput } from '../src/assess.ts'
import { ruleOf } from './core/results.ts'

const rule = ruleOf('repository/readable', 'high', {
  for: 'repository.broken-ignore',
  expect: 'false',
  message: '{{comment.reason}}',
})

// A `prodgate:` comment of no form is a fact, and here a finding: a small stand-in for any other mistake.
const mistake = '# prodgate: hello'
const ignore = '# prodgate: ignore repository/readable until 2027-01-01 because it is being repaired'
const policy = { path: '.github/prodgate.yml', text: 'version: 1\nenvironments: { production: { minimum-score: 0 } }' }

const judge = async (files: Record<string, string>, changes: Partial<AssessInput> = {}) => {
  const memory = memoryWorkspace(files)
  const { report } = await assess({
    workspace: memory,
    evidenceFiles: memory,
    rules: [rule],
    policy,
    environment: 'production',
    now: new Date('2026-11-21T12:00:00Z'),
    subject: { repository: null, sha: null, directory: '.' },
    version: '0.0.0-test',
    ...changes,
  })
  return {
    decision: report.decision,
    codes: report.reasons.map(({ code }) => code),
    findings: report.results[0]?.findings ?? [],
  }
}

const dockerfile = (...lines: string[]) => ({ Dockerfile: ['FROM alpine:3.22', ...lines].join('\n') })
const base = (...lines: string[]) => ({ base: memoryWorkspace(dockerfile(...lines)) })

describe('a change is judged by what it adds', () => {
  test.each([
    ['nothing to compare with', [mistake], {}, 'no-go', ['blocking-failure'], [undefined]],
    ['the base is clean', [mistake], base(), 'no-go', ['blocking-failure'], [undefined]],
    ['the base has it too', [mistake], base(mistake), 'conditional', ['known-findings'], [true]],
  ])('%s', async (_, lines, changes, decision, codes, known) => {
    const judged = await judge(dockerfile(...lines), changes)
    expect([judged.decision, judged.codes, judged.findings.map((finding) => finding.known)]).toEqual([
      decision,
      codes,
      known,
    ])
  })
})

describe('an inline ignore', () => {
  test.each([
    ['excuses the next line', [ignore, mistake], {}, 'conditional', ['waived']],
    [
      'does not count where ignores are not trusted',
      [ignore, mistake],
      { trustIgnores: 'base' as const },
      'no-go',
      ['blocking-failure', 'ignore-untrusted'],
    ],
    [
      'cannot be written by the change that it excuses',
      [ignore, mistake],
      base(),
      'no-go',
      ['blocking-failure', 'ignore-untrusted'],
    ],
    ['counts when the base has it', [ignore, mistake], base(ignore), 'conditional', ['waived']],
    ['that nothing needs is told', [ignore, 'USER nobody'], {}, 'no-go', ['nothing-judged', 'waiver-unused']],
  ])('%s', async (_, lines, changes, decision, codes) => {
    const judged = await judge(dockerfile(...lines), changes)
    expect([judged.decision, judged.codes]).toEqual([decision, codes])
  })

  test('has run out at the instant it names', async () => {
    const files = dockerfile(ignore, mistake)
    expect((await judge(files, { now: new Date('2026-12-31T23:59:59Z') })).decision).toBe('conditional')
    expect((await judge(files, { now: new Date('2027-01-01T00:00:00Z') })).codes).toEqual([
      'blocking-failure',
      'waiver-expired',
    ])
  })
})

describe('services', () => {
  const services = {
    path: '.github/prodgate.yml',
    text: 'version: 1\nenvironments: { prod-api: { minimum-score: 0 }, prod-web: { minimum-score: 0 } }\nservices:\n  api: { paths: [api/**], environments: [prod-api] }',
  }
  const files = { 'api/Dockerfile': 'FROM alpine:3.22', 'web/Dockerfile': `FROM alpine:3.22\n${mistake}` }

  test.each([
    ['prod-api', 'no-go', ['nothing-judged']],
    ['prod-web', 'no-go', ['blocking-failure']],
  ])('%s is judged by its own paths', async (environment, decision, codes) => {
    expect(await judge(files, { policy: services, environment })).toMatchObject({ decision, codes })
  })
})
