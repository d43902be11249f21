import { rules } from 'builtin-rules'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryWorkspace, type MemoryOrigin } from '../src/adapters/memory/memory.ts'
import { assess } from '../src/assess.ts'
import { asksEvidence } from '../src/core/evidence-rules.ts'
import { strToU8, zipSync } from 'fflate'
import { fixture } from './collect/evidence/fixtures.ts'

const sha = '5ae342eb2802672402d9b2c26f09e2051bbd91b8'

const repository = {
  Dockerfile: 'FROM node:24\nCOPY . .\nCMD ["node", "server.js"]\n',
  'package.json': '{ "name": "clinic", "devDependencies": { "vitest": "4" } }',
  'README.md': 'A clinic.',
}

const good = '<testsuite name="till" tests="2"><testcase name="opens"/><testcase name="closes"/></testsuite>'
const image = JSON.stringify({
  SchemaVersion: 2,
  CreatedAt: '2026-11-20T09:00:00Z',
  ArtifactName: 'clinic/rooms:1',
  ArtifactType: 'container_image',
  Results: [{ Target: 'clinic/rooms:1 (alpine 3.22)', Class: 'os-pkgs', Type: 'alpine' }],
})

/** What a pipeline leaves: good and bad, some that counts and some that does not, plain and in an archive. */
const evidence: Record<string, string | Uint8Array> = {
  'out/junit-api.xml': good,
  'out/junit-web.xml': fixture('junit/pytest.xml'),
  'out/junit-empty.xml': '<testsuites/>',
  'out/trivy-image.json': image,
  'out/trivy-bad.json': fixture('trivy/image.json'),
  'out/trivy-files.json': fixture('trivy/repository.json'),
  'out/tests.zip': zipSync({ 'junit.xml': strToU8(good) }),
}
const origins: Record<string, MemoryOrigin> = {
  'out/junit-api.xml': { commit: sha, created: '2026-11-21T08:00:00Z' },
  'out/trivy-image.json': { commit: sha },
  'out/trivy-bad.json': { created: '2026-03-01T08:00:00Z' },
  'out/tests.zip': { created: '2026-09-01T08:00:00Z' },
}
const paths = Object.keys(evidence)

const policy = (globs: string): string => `version: 1\nextends: [all]\nevidence:\n${globs}`
/** Names every file: what is taken away is missed. */
const naming = policy(`  tests: [out/junit-api.xml, out/junit-web.xml, out/junit-empty.xml, "out/tests.zip!/junit.xml"]
  vulnerabilities: [out/trivy-image.json, out/trivy-bad.json, out/trivy-files.json]
`)

// All that evidence can change and nothing else: a point is then no more than a rule, and no rise is lost in rounding.
const judged = rules.filter((rule) => asksEvidence(rule) || rule.id === 'repository/files-can-be-read')

const judge = async (
  files: Record<string, string | Uint8Array>,
  text: string | undefined,
  about: Record<string, MemoryOrigin>,
) => {
  const { report } = await assess({
    workspace: memoryWorkspace(repository),
    evidenceFiles: memoryWorkspace(files, about),
    rules: judged,
    policy: text === undefined ? undefined : { path: '.github/prodgate.yml', text },
    now: new Date('2026-11-21T12:00:00Z'),
    subject: { repository: 'clinic/rooms', sha, directory: '.' },
    version: '0.0.0',
  })
  expect(report.reasons.filter(({ code }) => code === 'policy-invalid')).toEqual([])
  return report
}

const low = async (...args: Parameters<typeof judge>): Promise<number> => (await judge(...args)).score.low

const only = (keep: readonly string[]): Record<string, string | Uint8Array> =>
  Object.fromEntries(Object.entries(evidence).filter(([path]) => keep.includes(path)))

const origin: fc.Arbitrary<MemoryOrigin> = fc.record(
  {
    committed: fc.boolean(),
    commit: fc.constantFrom(sha, 'b'.repeat(40)),
    created: fc.constantFrom('2026-11-21T08:00:00Z', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'),
  },
  { requiredKeys: [] },
)

describe('the score’s low bound', () => {
  test('never rises when a file is taken away, whatever the others are and wherever they come from', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(paths, { minLength: 1 }),
        fc.nat(),
        fc.option(fc.dictionary(fc.constantFrom(...paths), origin), { nil: undefined }),
        async (there, which, about = origins) => {
          const away = there[which % there.length] ?? ''
          const before = await low(only(there), naming, about)
          const after = await low(only(there.filter((path) => path !== away)), naming, about)
          expect(after, `without ${away} of ${there.join(', ')}`).toBeLessThanOrEqual(before)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('never rises when the only file of a kind is taken away, without a policy', async () => {
    const kinds = [paths.filter((path) => path.endsWith('.xml')), paths.filter((path) => path.endsWith('.json'))]
    for (const tests of [undefined, ...(kinds[0] ?? [])])
      for (const scan of [undefined, ...(kinds[1] ?? [])]) {
        const there = [tests, scan].filter((path) => path !== undefined)
        const before = await low(only(there), undefined, origins)
        for (const away of there) {
          const after = await low(only(there.filter((path) => path !== away)), undefined, origins)
          expect(after, `without ${away}`).toBeLessThanOrEqual(before)
        }
      }
  })

  test('never rises when a file is cut off', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(paths, { minLength: 1 }),
        fc.nat(),
        fc.integer({ min: 0, max: 999 }),
        async (there, which, cut) => {
          const short = there[which % there.length] ?? ''
          const whole = evidence[short] ?? ''
          const text = typeof whole === 'string' ? whole.trimEnd() : whole
          const broken = { ...only(there), [short]: text.slice(0, Math.floor(((text.length - 1) * cut) / 1000)) }
          expect(await low(broken, naming, origins), `${short} cut`).toBeLessThanOrEqual(
            await low(only(there), naming, origins),
          )
        },
      ),
      { numRuns: 60 },
    )
  })

  test('and evidence does raise it, so that there is something to lose', async () => {
    const files = { 'junit.xml': good, 'trivy.json': image }
    const about = { 'junit.xml': { commit: sha }, 'trivy.json': { commit: sha } }
    expect(await low(files, undefined, about)).toBeGreaterThan(await low({}, undefined, {}))
  })
})
