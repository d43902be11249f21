import { expect, test } from 'vitest'
import { memoryWorkspace } from '../src/adapters/memory/memory.ts'
import { answerQuestion } from '../src/judge-question.ts'
import type { JudgedFile, JudgeQuestion } from '../src/ports/judge.ts'
import { bad, good, policy, rules } from './gate/world.ts'

const files = (texts: Record<string, string>): JudgedFile[] =>
  Object.entries(texts).map(([path, text]) => {
    const bytes = new TextEncoder().encode(text)
    return { path, size: bytes.length, mode: 'file', bytes }
  })

const ask = (given: Partial<JudgeQuestion>) =>
  answerQuestion(
    {
      files: files(good),
      archives: [],
      policy: { path: '.github/prodgate.yml', text: policy() },
      customRules: [],
      environments: [{ name: 'production', signOffs: [] }],
      base: undefined,
      trustIgnores: 'base',
      now: new Date('2026-11-18T10:00:00Z'),
      subject: { repository: 'acme/till', sha: null, directory: '.' },
      ...given,
    },
    { rules, version: '1.2.3', openArchives: () => Promise.resolve(memoryWorkspace({})) },
  )

test('a base that was judged before comes to the same as its files, also as JSON', async () => {
  const excuse = '# prodgate: ignore containers/base-image-tag until 2027-01-01 because it is late\nFROM node\n'
  const base = files({ ...bad, 'web/Dockerfile': excuse })
  const head = files({ ...bad, 'web/Dockerfile': excuse, 'jobs/Dockerfile': 'FROM python\n' })
  const [first] = await ask({ files: head, base })
  const kept = JSON.parse(JSON.stringify(first?.base)) as NonNullable<typeof first>['base']
  const [second] = await ask({ files: head, environments: [{ name: 'production', signOffs: [], base: kept! }] })
  expect(first?.report.results[0]?.findings.map(({ path, known }) => [path, known])).toContainEqual([
    'Dockerfile',
    true,
  ])
  expect(second?.report).toEqual(first?.report)
  expect(second?.base).toEqual(first?.base)
})

test('a file without bytes is not judged, and never passes', async () => {
  const [judgement] = await ask({ files: [{ path: 'Dockerfile', size: 10, mode: 'file' }] })
  expect(judgement?.report.decision).toBe('no-go')
})

test('each environment is judged with its own sign-offs', async () => {
  const text = policy('{ minimum-score: 0, sign-offs: [{ role: owner, users: [ada] }] }')
  const signOffs = [{ role: 'owner', login: 'ada' }]
  const judged = await ask({
    policy: { path: '.github/prodgate.yml', text },
    environments: [
      { name: 'production', signOffs: [] },
      { name: 'prod-eu', signOffs: [] },
    ],
  })
  expect(judged.map(({ environment, report }) => [environment, report.decision])).toEqual([
    ['production', 'conditional'],
    ['prod-eu', 'no-go'],
  ])
  const [signed] = await ask({
    policy: { path: '.github/prodgate.yml', text },
    environments: [{ name: 'production', signOffs }],
  })
  expect(signed?.report.decision).toBe('go')
})
