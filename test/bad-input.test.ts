import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { rules } from 'builtin-rules'
import { describe, expect, test } from 'vitest'
import { diskEvidence } from '../src/adapters/disk/evidence.ts'
import { diskWorkspace } from '../src/adapters/disk/workspace.ts'
import { memoryWorkspace } from '../src/adapters/memory/memory.ts'
import { assess, type AssessInput } from '../src/assess.ts'
import type { Report } from '../src/core/report.ts'
import { ruleText } from './core/rule-source.ts'

type Files = Record<string, string | Uint8Array>

const judge = async (files: Files, changes: Partial<AssessInput> = {}): Promise<Report> => {
  const memory = memoryWorkspace(files)
  const { report } = await assess({
    workspace: memory,
    evidenceFiles: memory,
    rules,
    policy: undefined,
    environment: 'production',
    now: new Date('2026-11-21T12:00:00Z'),
    subject: { repository: 'clinic/rooms', sha: null, directory: '.' },
    version: '0.0.0-test',
    ...changes,
  })
  return report
}

const resultOf = (report: Report, rule: string) => report.results.find((result) => result.rule === rule)
const unread = (report: Report): string[] =>
  resultOf(report, 'repository/files-can-be-read')?.findings.map(({ path, line }) => `${path}:${line}`) ?? []
const passed = (report: Report, category: string): string[] =>
  report.results.filter((result) => result.category === category && result.status === 'pass').map(({ rule }) => rule)

const deployment = (user: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: rooms, namespace: clinic }
spec:
  selector: { matchLabels: { app: rooms } }
  template:
    metadata: { labels: { app: rooms } }
    spec:
      containers:
        - name: rooms
          image: registry.example.com/rooms:1.2.3
          securityContext: { privileged: ${user} }
`
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const broken = (text: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: rooms }\n${text}`
const utf16 = (text: string): Uint8Array => Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, 'utf16le')])
const bomb = [
  'a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]',
  ...['b', 'c', 'd', 'e', 'f', 'g'].map((name, at) => `${name}: &${name} [${`*${'abcdefg'[at]}, `.repeat(10)}1]`),
].join('\n')

describe('a file that cannot be read is named with its line, makes its rules unknown, and the others are judged', () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ['broken YAML', broken('data: [1, 2\nmore: }'), /^k8s\/broken\.yaml:5$/],
    ['a duplicate key', broken('data: {}\ndata: {}'), /^k8s\/broken\.yaml:5$/],
    ['an alias bomb', broken(bomb), /^k8s\/broken\.yaml:\d+$/],
    ['nesting 10,000 deep', broken(`data: ${'['.repeat(10_000)}${']'.repeat(10_000)}`), /^k8s\/broken\.yaml:1$/],
    ['50 MB', broken(`data: "${'x'.repeat(50_000_000)}"`), /^k8s\/broken\.yaml:1$/],
    ['binary content', bytes(`${broken('data: ')}\0\u0001\u0002`), /^k8s\/broken\.yaml:1$/],
    ['invalid UTF-8', Uint8Array.from([...bytes(broken('data: ')), 0xc3, 0x28]), /^k8s\/broken\.yaml:1$/],
  ])('%s', async (_, content, place) => {
    const report = await judge({ 'k8s/broken.yaml': content, 'k8s/rooms.yaml': deployment('true') })
    expect(report.decision).toBe('no-go')
    expect(unread(report)).toEqual([expect.stringMatching(place)])
    expect(passed(report, 'kubernetes')).toEqual([])
    expect(resultOf(report, 'kubernetes/privileged')?.findings.map(({ path, line }) => `${path}:${line}`)).toEqual([
      'k8s/rooms.yaml:12',
    ])
  })

  test('UTF-16 with a byte order mark is text', async () => {
    const report = await judge({ 'k8s/rooms.yaml': utf16(deployment('true')) })
    expect(unread(report)).toEqual([])
    expect(resultOf(report, 'kubernetes/privileged')?.findings[0]?.line).toBe(12)
  })

  test('YAML that is broken and none of ours is nobody’s business', async () => {
    const report = await judge({ 'config/theme.yaml': 'colours: [red', 'k8s/rooms.yaml': deployment('false') })
    expect(unread(report)).toEqual([])
    expect(resultOf(report, 'kubernetes/privileged')?.status).toBe('pass')
  })

  test('a Dockerfile that ends in a backslash', async () => {
    const report = await judge({ Dockerfile: 'FROM alpine:3.22\nUSER nobody\nRUN echo \\' })
    expect(report.results.filter(({ status }) => status === 'error')).toEqual([])
  })
})

describe('evidence that is broken is never a pass', () => {
  const junit =
    '<testsuites><testsuite name="rooms" tests="2"><testcase name="a" classname="r"/><testcase name="b" classname="r"/></testsuite></testsuites>'
  test.each<[string, Files, string]>([
    ['none', {}, 'tests'],
    ['a JUnit file cut in half', { 'junit.xml': junit.slice(0, 90) }, 'tests'],
    ['a JUnit file with entities', { 'junit.xml': `<!DOCTYPE x [<!ENTITY a "aaaa">]>${junit}` }, 'tests'],
    [
      'a JUnit file without a test',
      { 'junit.xml': '<testsuites><testsuite name="rooms" tests="41"/></testsuites>' },
      'tests',
    ],
    ['a Trivy file of another version', { 'trivy.json': '{"SchemaVersion": 1, "Results": []}' }, 'vulnerabilities'],
    [
      'a Trivy file cut in half',
      { 'trivy.json': '{"SchemaVersion": 2, "ArtifactName": ".", "Results": [' },
      'vulnerabilities',
    ],
    [
      'a Trivy file that is nested without end',
      { 'trivy.json': `{"SchemaVersion": 2, "Results": ${'['.repeat(100_000)}` },
      'vulnerabilities',
    ],
  ])('%s', async (_, files, category) => {
    const report = await judge(files)
    expect(report.decision).toBe('no-go')
    expect(passed(report, category)).toEqual([])
    expect(report.results.filter((result) => result.category === category && result.status === 'error')).toEqual([])
  })
})

describe('the question itself', () => {
  const codes = (report: Report): string[] => report.reasons.map(({ code }) => code)

  test('an unknown environment is no-go', async () => {
    const report = await judge({ 'README.md': '# Rooms' }, { environment: 'moon' })
    expect([report.decision, codes(report)]).toEqual(['no-go', ['environment-unknown']])
  })

  test('a policy with an unknown key is no-go, with its line', async () => {
    const report = await judge({}, { policy: { path: '.github/prodgate.yml', text: 'version: 1\nenviroments: {}' } })
    expect([report.decision, codes(report)]).toEqual(['no-go', ['policy-invalid']])
    expect(report.reasons[0]?.message).toContain('.github/prodgate.yml:2:1')
  })

  test('a rule of its own with a type error is no-go, with its line and column', async () => {
    const text = ruleText({ expect: 'repository.files > "many"' })
    const report = await judge(
      { 'README.md': '# Rooms' },
      { customRules: [{ path: '.github/prodgate/rules/rooms/size.yaml', text }] },
    )
    expect([report.decision, codes(report)]).toEqual(['no-go', ['rules-invalid']])
    expect(report.reasons[0]?.message).toContain('.github/prodgate/rules/rooms/size.yaml:5:9')
  })

  test('a rule of its own that takes the name of a built-in one is refused', async () => {
    const path = '.github/prodgate/rules/repository/files-can-be-read.yaml'
    expect(codes(await judge({}, { customRules: [{ path, text: ruleText() }] }))).toEqual(['rules-invalid'])
  })

  test('a rule of its own is judged', async () => {
    const path = '.github/prodgate/rules/rooms/size.yaml'
    const report = await judge({ 'README.md': '# Rooms' }, { customRules: [{ path, text: ruleText() }] })
    expect(resultOf(report, 'rooms/size')?.findings).toHaveLength(1)
  })

  test('no policy is said', async () => {
    expect(codes(await judge({ 'README.md': '# Rooms' }))).toContain('policy-default')
  })

  test('an empty repository is unknown and not 100', async () => {
    const report = await judge({})
    expect(report.decision).toBe('no-go')
    expect(report.score).toMatchObject({ low: 0, high: 100 })
    expect(report.results.filter(({ status }) => status === 'pass' || status === 'fail')).toEqual([])
  })

  test('the same input gives the same bytes', async () => {
    const files = {
      'k8s/rooms.yaml': deployment('true'),
      Dockerfile: 'FROM alpine',
      'compose.yaml': 'services: { a: { image: b } }',
    }
    const backwards = Object.fromEntries(Object.entries(files).toReversed())
    expect(JSON.stringify(await judge(backwards))).toBe(JSON.stringify(await judge(files)))
  })
})

describe('on disk', () => {
  const inFolder = async (fill: (root: string) => void, check: (report: Report) => void): Promise<void> => {
    const root = mkdtempSync(join(tmpdir(), 'prodgate-bad-'))
    try {
      fill(root)
      check(await judge({}, { workspace: diskWorkspace(root), evidenceFiles: diskEvidence(root, { clean: null }) }))
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  }
  const put = (root: string, path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }

  test('symbolic links that leave the repository or loop are not followed', () =>
    inFolder(
      (root) => {
        put(root, 'k8s/rooms.yaml', deployment('false'))
        symlinkSync('..', join(root, 'k8s/loop'))
        symlinkSync('/etc/passwd', join(root, 'junit.xml'))
        symlinkSync('/proc/self/environ', join(root, 'k8s/environ.yaml'))
      },
      (report) => {
        expect(unread(report)).toEqual([])
        expect(report.evidence).toEqual([])
        expect(resultOf(report, 'kubernetes/privileged')?.status).toBe('pass')
      },
    ))

  test('100,000 files', { timeout: 120_000 }, () =>
    inFolder(
      (root) => {
        put(root, 'k8s/rooms.yaml', deployment('true'))
        for (let folder = 0; folder < 100; folder++) {
          mkdirSync(join(root, `data/${folder}`), { recursive: true })
          for (let file = 0; file < 1000; file++) writeFileSync(join(root, `data/${folder}/${file}.txt`), '')
        }
      },
      (report) => {
        expect(report.files.found).toBe(100_001)
        expect(resultOf(report, 'kubernetes/privileged')?.findings).toHaveLength(1)
      },
    ),
  )
})
