import { describe, expect, test } from 'vitest'
import { memoryWorkspace } from '../../../src/adapters/memory/memory.ts'
import { collectEvidence, type EvidenceQuery } from '../../../src/collect/evidence/collect-evidence.ts'
import { evidenceFormats } from '../../../src/collect/evidence/formats.ts'
import { evidenceLaw } from '../../../src/collect/evidence/index.ts'
import type { EvidenceFiles } from '../../../src/ports/evidence-files.ts'
import { fixture, of } from './fixtures.ts'

const passing = '<testsuite name="till" timestamp="2026-11-20T10:00:00Z"><testcase name="opens"/></testsuite>'

const collect = (files: Record<string, string | Uint8Array> | EvidenceFiles, query: Partial<EvidenceQuery> = {}) => {
  const port =
    typeof files['list'] === 'function' ? (files as EvidenceFiles) : memoryWorkspace(files as Record<string, string>)
  return collectEvidence(port, evidenceLaw, { globs: {}, ignore: [], demands: {}, ...query })
}

const pieces = async function* (...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

/** One file that says of itself what its carrier knows. */
const carried = (text: string, about: { createdAt?: string; sha?: string }): EvidenceFiles => ({
  list: () => Promise.resolve([{ path: 'junit.xml', size: text.length, createdAt: null, sha: null, ...about }]),
  open: () => pieces(new TextEncoder().encode(text)),
})

const codes = async (...args: Parameters<typeof collect>): Promise<string[]> =>
  (await collect(...args)).unjudged.map(({ code, reason }) => `${code}: ${reason}`)

describe('which files are evidence', () => {
  test('by the default globs, what is plainly something else is passed over', async () => {
    const found = await collect({
      'build/test-results/TEST-till.xml': passing,
      'build/test-results/coverage.xml': '<?xml version="1.0"?><coverage/>',
      'trivy-sbom.json': '{ "bomFormat": "CycloneDX", "specVersion": "1.6", "components": [] }',
      'reports/grype.json': '{ "till": 4 }',
      'target/surefire-reports/empty.xml': '',
    })
    expect(found.evidence.map(({ path, format }) => [path, format])).toEqual([
      ['build/test-results/TEST-till.xml', 'junit'],
      ['build/test-results/coverage.xml', 'cobertura'],
      ['trivy-sbom.json', 'cyclonedx'],
    ])
    expect(found.unjudged).toMatchObject([
      { topic: 'tests', code: 'format', place: { path: 'target/surefire-reports/empty.xml', line: 1 } },
    ])
  })

  test('what the policy names has to be evidence', async () => {
    const globs = { tests: ['results/*.xml'] }
    expect(await codes({ 'results/a.xml': '<coverage/>' }, { globs })).toEqual([
      'kind: is coverage evidence (cobertura) and not tests evidence',
    ])
    expect(await codes({ 'results/a.xml': '<inventory/>' }, { globs })).toEqual([
      'format: is not of a format that is known: junit, tap, go-test-json, ctrf',
    ])
  })

  test('data is not evidence, unless a glob names it', async () => {
    const files = { 'src/fixtures/junit.xml': passing }
    const ignore = ['**/fixtures/**']
    expect((await collect(files, { ignore })).evidence).toEqual([])
    expect((await collect(files, { ignore, globs: { tests: ['src/fixtures/*.xml'] } })).evidence).toHaveLength(1)
  })

  test('files are bounded by what they hold, not by what the listing says', async () => {
    const large: EvidenceFiles = {
      list: () => Promise.resolve([{ path: 'junit.xml', size: 0, createdAt: null, sha: null }]),
      open: () =>
        pieces(
          ...Array.from({ length: 257 }, (_, index) =>
            new TextEncoder().encode(`<testsuite>${' '.repeat(1_000_000)}`).subarray(index === 0 ? 0 : 11),
          ),
        ),
    }
    expect(await codes(large)).toEqual(['too-large: is larger than 256 MB'])
  })

  test.each([
    ['binary', Uint8Array.from([0, 1, 2]), 'binary: is binary'],
    ['bytes that are no text', Uint8Array.from([60, 0xff, 62]), 'encoding: is not valid UTF-8'],
  ])('%s', async (_, bytes, expected) => expect(await codes({ 'junit.xml': bytes })).toEqual([expected]))

  test('UTF-16 with its mark is read', async () => {
    const bytes = new Uint8Array(Buffer.from(`\ufeff${passing}`, 'utf16le'))
    expect((await collect({ 'junit.xml': bytes })).answers).toContain('tests.failure')
  })

  test('a format that breaks is that file’s refusal', async () => {
    const formats = evidenceFormats.map((format) => ({
      ...format,
      parse: () => Promise.reject(new Error('out of paper')),
    }))
    const found = await collectEvidence(
      memoryWorkspace({ 'junit.xml': passing }),
      { ...evidenceLaw, formats: () => Promise.resolve(formats) },
      {
        globs: {},
        ignore: [],
        demands: {},
      },
    )
    expect(found.unjudged).toMatchObject([{ code: 'collector', reason: 'could not be judged: out of paper' }])
  })
})

test('all files together make one total', async () => {
  const found = await collect({
    'out/junit-api.xml': fixture('junit/pytest.xml'),
    'out/junit-web.xml': fixture('junit/jest-junit.xml'),
    'out/junit-none.xml': '<testsuites/>',
  })
  expect(of(found, 'tests.total')).toMatchObject([
    {
      place: { path: 'out/junit-api.xml', line: 1 },
      value: { total: 12, passed: 6, failed: 2, errors: 1, skipped: 3, files: 3, skippedShare: 25, passRate: 66.67 },
    },
  ])
  expect(of(await collect({ 'junit.xml': '<testsuites tests="41"/>' }), 'tests.total')).toEqual([])
})

describe('what evidence has to meet', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  const day = 86_400_000
  const sha = 'a'.repeat(40)

  test.each([
    ['young enough', { now, maxAge: 2 * day }, {}, []],
    ['too old', { now, maxAge: day }, {}, ['stale: is 26 hours old; the policy takes evidence of at most 24 hours']],
    ['no limit', { now }, {}, []],
    [
      'still to come',
      { now: new Date('2026-11-18T00:00:00Z'), maxAge: day },
      {},
      ['future: says that it was made at 2026-11-20T10:00:00.000Z, which is still to come'],
    ],
    ['the right commit', { sha }, { sha }, []],
    [
      'another commit',
      { sha },
      { sha: 'b'.repeat(40) },
      ['commit: is of commit bbbbbbbbbbbb and not of aaaaaaaaaaaa, which is judged'],
    ],
    ['no commit is judged', { sha: null }, { sha }, []],
    ['the commit is not known', { sha }, {}, []],
  ])('%s', async (_, demands, about, expected) =>
    expect(await codes(carried(passing, about), { demands })).toEqual(expected),
  )

  test('the carrier’s time counts where the file has none', async () => {
    const files = carried('<testsuite><testcase name="opens"/></testsuite>', { createdAt: '2026-11-01T00:00:00Z' })
    expect(await codes(files, { demands: { now, maxAge: day } })).toEqual([
      'stale: is 20 days old; the policy takes evidence of at most 24 hours',
    ])
  })

  test('a commit inside the file and one outside have both to be right', async () => {
    const commit = '5ae342eb2802672402d9b2c26f09e2051bbd91b8'
    const text = fixture('trivy/repository.json')
    const files = (carrier: string): EvidenceFiles => ({
      ...carried(text, {}),
      list: () => Promise.resolve([{ path: 'trivy.json', size: 0, createdAt: null, sha: carrier }]),
    })
    expect(await codes(files(commit), { demands: { sha: commit } })).toEqual([])
    expect(await codes(files(sha), { demands: { sha: commit } })).toHaveLength(1)
    expect(await codes(files(sha), { demands: { sha } })).toHaveLength(1)
  })

  test('the report says when and of which commit', async () => {
    const { evidence } = await collect({ 'trivy.json': fixture('trivy/repository.json') })
    expect(evidence).toEqual([
      {
        kind: 'vulnerabilities',
        format: 'trivy',
        path: 'trivy.json',
        sha: '5ae342eb2802672402d9b2c26f09e2051bbd91b8',
        shaFrom: 'file',
        createdAt: '2026-11-20T08:00:00.000Z',
        createdFrom: 'file',
        size: fixture('trivy/repository.json').length,
        says: '.: no vulnerabilities',
      },
    ])
  })

  const about = (origin: object): EvidenceFiles => carried(passing, origin)

  test('the policy may say that what has no commit was made by the run that judges', async () => {
    const { evidence } = await collect(about({}), { demands: { sha, commit: 'head' } })
    expect(evidence).toMatchObject([{ sha, shaFrom: 'policy' }])
    expect(await codes(about({ sha: 'b'.repeat(40) }), { demands: { sha, commit: 'head' } })).toHaveLength(1)
    expect((await collect(about({}), { demands: { sha: null, commit: 'head' } })).evidence).toMatchObject([
      { sha: null },
    ])
  })

  test('the policy may take nothing of an unknown commit', async () => {
    expect(await codes(about({}), { demands: { sha, commit: 'known' } })).toEqual([
      'commit-unknown: does not say of which commit it is, and the policy takes none of an unknown commit',
    ])
    expect(await codes(about({ sha, shaFrom: 'ci' }), { demands: { sha, commit: 'known' } })).toEqual([])
  })

  test('a time to come is refused without a limit too, unless the disk alone says so', async () => {
    const createdAt = '2026-11-25T00:00:00Z'
    const plain = '<testsuite><testcase name="opens"/></testsuite>'
    expect((await codes(carried(plain, { createdAt }), { demands: { now } })).map((code) => code.slice(0, 6))).toEqual([
      'future',
    ])
    const mtime = { createdAt, createdFrom: 'mtime' } as { createdAt: string }
    expect(await codes(carried(plain, mtime), { demands: { now } })).toEqual([])
  })

  test('a file that is named and not there holds back its kind', async () => {
    const { unjudged, refused } = await collect(
      { 'junit.xml': passing },
      { globs: { tests: ['junit.xml', 'junit-web.xml'] } },
    )
    expect(unjudged.map(({ topic, code, blocks }) => `${topic} ${code} ${blocks}`)).toEqual([
      'tests absent true',
      'evidence absent true',
    ])
    expect(refused).toMatchObject([{ kind: 'tests', path: 'junit-web.xml', code: 'absent' }])
    expect(await codes({ 'junit.xml': passing }, { globs: { tests: ['junit.xml', 'web/**/junit.xml'] } })).toEqual([])
  })
})

describe('a file that git tracks', () => {
  const failing = '<testsuite name="till"><testcase name="opens"><failure/></testcase></testsuite>'
  const committed = (text: string, path = 'junit.xml') =>
    memoryWorkspace({ [path]: text }, { [path]: { committed: true } })
  const kinds = (facts: readonly { kind: string }[]): string[] => facts.map(({ kind }) => kind)

  test('is a claim: its good news does not count, its bad news does', async () => {
    for (const text of [passing, failing]) {
      const found = await collect(committed(text))
      expect(found.unjudged).toMatchObject([{ topic: 'tests', code: 'committed', blocks: true }])
      expect(found.evidence).toEqual([])
      expect([...found.answers]).toEqual([])
      expect(kinds(found.facts).includes('tests.failure')).toBe(text === failing)
    }
  })

  test('counts where the policy says so', async () => {
    const found = await collect(committed(passing), { demands: { committed: ['junit.xml'], sha: 'a'.repeat(40) } })
    expect(found.evidence).toMatchObject([{ path: 'junit.xml', committed: true, sha: null }])
    expect(found.unjudged).toEqual([])
  })

  test('is test data beside what a pipeline made, unless it was named', async () => {
    const files = memoryWorkspace(
      { 'a/junit.xml': failing, 'b/junit.xml': passing },
      { 'a/junit.xml': { committed: true } },
    )
    const beside = await collect(files)
    expect(beside.unjudged).toMatchObject([{ code: 'committed', blocks: false }])
    expect(kinds(beside.facts)).not.toContain('tests.failure')
    const named = await collect(files, { globs: { tests: ['*/junit.xml'] } })
    expect(named.unjudged).toMatchObject([{ code: 'committed', blocks: true }])
    expect(kinds(named.facts)).toContain('tests.failure')
  })
})

describe('results without a test', () => {
  const empty = '<testsuites><testsuite name="till" tests="0"/></testsuites>'

  test('are refused, and hold back their kind where they are all there is', async () => {
    expect((await collect({ 'junit.xml': empty })).unjudged).toMatchObject([
      { code: 'empty', reason: 'lists no test', blocks: true },
    ])
    expect((await collect({ 'a/junit.xml': empty, 'b/junit.xml': passing })).unjudged).toMatchObject([
      { code: 'empty', blocks: false },
    ])
  })
})
