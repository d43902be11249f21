import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryWorkspace } from '../../../src/adapters/memory/memory.ts'
import { collect } from '../../../src/collect/collect.ts'
import { docker } from '../../../src/collect/docker/docker.ts'
import { factKinds, type Fact, type FactKind } from '../../../src/core/facts/index.ts'

const read = async (files: Record<string, string>) => {
  const workspace = memoryWorkspace(files)
  const collection = await collect(workspace, await workspace.list(), [docker])
  for (const { kind, value } of collection.facts)
    expect(factKinds[kind].schema.strict().safeParse(value).error).toBeUndefined()
  const of = <K extends FactKind>(kind: K): Fact<K>[] =>
    collection.facts.filter((fact) => fact.kind === kind) as Fact<K>[]
  return { ...collection, of }
}

const lines = (...text: string[]): string => `${text.join('\n')}\n`

describe('which files are Dockerfiles', () => {
  test.each([
    ['Dockerfile', 'read'],
    ['shop/Dockerfile.prod', 'read'],
    ['shop/clinic.Dockerfile', 'read'],
    ['Containerfile', 'read'],
    ['Dockerfile.j2', 'template'],
    ['Dockerfile.tmpl', 'template'],
    ['clinic.Dockerfile.erb', 'template'],
    ['Dockerfile.md', 'left'],
    ['Dockerfile.dockerignore', 'left'],
    ['dockerfile.go', 'left'],
    ['docs/dockerfiles.txt', 'left'],
  ])('%s is %s', async (path, expected) => {
    const { of, unjudged } = await read({ [path]: 'FROM alpine:3.21\n' })
    expect(of('docker.stage')).toHaveLength(expected === 'read' ? 1 : 0)
    expect(unjudged.map(({ code, repairable }) => [code, repairable])).toEqual(
      expected === 'template' ? [['template', false]] : [],
    )
  })
})

test.each([
  ['no FROM', '# only a note\nRUN echo shop\n', 'no-from'],
  ['empty', '', 'no-from'],
  ['a template without a name that says so', 'FROM alpine\n{{ if .Clinic }}\nUSER app\n', 'template'],
  ['no instruction', 'FROM alpine\nINSTALL shop\n', 'syntax'],
  ['too long', `FROM alpine\nRUN ${'a'.repeat(210_000)}\n`, 'too-large'],
])('a file with %s is unjudged', async (_, text, code) => {
  const { unjudged } = await read({ Dockerfile: text })
  expect(unjudged.map((one) => one.code)).toEqual([code])
})

describe('where instructions begin and end', () => {
  test.each<[string, string[], [string, number][]]>([
    ['here-documents', ['FROM a:1', 'RUN <<EOF', 'USER root', 'FROM x', 'EOF', 'USER app'], [['app', 6]]],
    ['two here-documents', ['FROM a:1', 'COPY <<A <<"B" /x/', 'USER root', 'A', 'B', 'B', 'USER app'], [['app', 7]]],
    ['a quoted <<', ['FROM a:1', 'RUN echo "see <<EOF" && cat <<<shop', 'USER app'], [['app', 3]]],
    ['comments in continuations', ['FROM a:1', 'RUN a \\', '  # USER root', '', '  && b', 'USER app'], [['app', 6]]],
    ['another escape', ['# escape=`', 'FROM a:1', 'RUN dir `', '  c:\\', 'USER app'], [['app', 5]]],
    ['a backslash at the end', ['FROM a:1', 'USER app', 'RUN shop \\'], [['app', 2]]],
    ['an open quote', ['FROM a:1', 'LABEL name="shop', 'USER app'], [['app', 3]]],
    ['line ends of Windows', ['FROM a:1\r', 'RUN a \\\r', '  && b\r', 'USER app\r'], [['app', 4]]],
    ['lower case', ['from a:1', 'user app'], [['app', 2]]],
  ])('%s', async (_, text, expected) => {
    const { of } = await read({ Dockerfile: lines(...text) })
    expect(of('docker.stage').map(({ value, places }) => [value.user, places?.['user']?.line])).toEqual(expected)
  })
})

describe('bases', () => {
  test.each<[string, string[], Partial<Fact<'docker.base'>['value']>]>([
    ['a tag', ['FROM node:22'], { name: 'node', tag: '22', computed: false }],
    ['a port', ['FROM clinic.example:5000/base'], { name: 'clinic.example:5000/base' }],
    ['both', ['FROM node:22@sha256:ab'], { tag: '22', digest: 'sha256:ab' }],
    ['an ARG', ['ARG V=22', 'ARG IMAGE=node:${V}', 'FROM $IMAGE'], { image: 'node:22', computed: false }],
    ['an ARG alone', ['ARG V', 'FROM node:${V}'], { computed: true }],
    ['a default on the spot', ['ARG V', 'FROM node:${V:-22}-alpine'], { image: 'node:22-alpine' }],
    ['a platform', ['FROM --platform=linux/amd64 node:22 AS x'], { platform: 'linux/amd64' }],
    ['an end', ['FROM python:3.8-slim'], { endOfLife: '2024-10-07' }],
  ])('%s', async (_, text, expected) => {
    const { of } = await read({ Dockerfile: lines(...text) })
    expect(of('docker.base').map(({ value }) => value)).toEqual([expect.objectContaining(expected)])
  })

  test('stages that build on one another are one image', async () => {
    const { of } = await read({
      Dockerfile: lines(
        'FROM node:22 AS Base',
        'USER node',
        'FROM base AS build',
        'FROM golang:1.24 AS tool',
        'FROM base',
      ),
    })
    expect(of('docker.stage').map(({ subject, value }) => [subject, value.final, value.ships, value.runsAs])).toEqual([
      ['stage base', false, true, 'other'],
      ['stage build', false, false, 'other'],
      ['stage tool', false, false, 'root'],
      ['stage 3', true, true, 'other'],
    ])
  })
})

const commandsOf = async (run: string) => {
  const { of } = await read({ Dockerfile: `FROM debian:12\n${run}\n` })
  return of('docker.command').map(({ value, place }) => [value.program, value.verb, place.line])
}

describe('commands', () => {
  test.each<[string, [string, string, number][]]>([
    [
      'RUN a && b; c | d || e',
      [
        ['a', '', 2],
        ['b', '', 2],
        ['c', '', 2],
        ['d', '', 2],
        ['e', '', 2],
      ],
    ],
    [
      'RUN a \\\n  && sudo -E b \\\n  && X=1 c',
      [
        ['a', '', 2],
        ['b', '', 3],
        ['c', '', 4],
      ],
    ],
    ['RUN echo "a && b" \'| c\' # d', [['echo', '', 2]]],
    [
      'RUN if ! a; then b; fi',
      [
        ['a', '', 2],
        ['b', '', 2],
      ],
    ],
    [
      'RUN echo $(a "$(b)") "x $(c)"',
      [
        ['a', '', 2],
        ['b', '', 2],
        ['c', '', 2],
        ['echo', '', 2],
      ],
    ],
    [
      "RUN bash -c 'a && b'",
      [
        ['bash', '', 2],
        ['a', '', 2],
        ['b', '', 2],
      ],
    ],
    ['RUN ["npm", "ci"]', [['npm', 'ci', 2]]],
    [
      'RUN a 2>&1 >/dev/null &&\\\nb',
      [
        ['a', '', 2],
        ['b', '', 3],
      ],
    ],
    [
      'RUN <<EOF\nset -e\n\ncat <<X > y\nrm -rf /\nX\nb\nEOF',
      [
        ['set', '', 3],
        ['cat', '', 5],
        ['b', '', 8],
      ],
    ],
    ['RUN python3 -m pip install x', [['pip', 'install', 2]]],
  ])('%j', async (run, expected) => {
    const found = await commandsOf(run)
    expect(found).toHaveLength(expected.length)
    expect(found).toEqual(expect.arrayContaining(expected))
  })
})

test('no value of a variable is in any fact', async () => {
  const secret = 'kR7xw92pQzTT'
  const { facts } = await read({
    Dockerfile: lines(
      'FROM node:22',
      `ENV DB_PASSWORD=${secret} URL=postgres://clinic:${secret}@db/clinic`,
      `ARG TOKEN="${secret}"`,
      `RUN API_KEY=${secret} npm run ${secret} && pip install git+https://x:${secret}@git.clinic.example/a`,
      `RUN npm install https://${secret}@git.clinic.example/a.tgz && curl -H "Authorization: ${secret}" https://x`,
      `ADD https://user:${secret}@clinic.example/a /a`,
      `HEALTHCHECK CMD curl -u clinic:${secret} localhost`,
    ),
  })
  expect(facts.length).toBeGreaterThan(10)
  expect(JSON.stringify(facts)).not.toContain(secret)
})

test('any text is read or unjudged, and never throws', async () => {
  const words = fc.constantFrom(
    'FROM ',
    'RUN ',
    'ENV A=',
    'COPY ',
    'USER ',
    'node:22',
    ' AS b',
    '$(',
    '${A:-',
    '}',
    '"',
    "'",
    '\\\n',
    '\n',
    '<<E',
    ' | ',
    '[',
    ']',
    '# escape=`\n',
    ' --x=',
    'CMD ',
    'HEALTHCHECK CMD ',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(words, fc.string({ maxLength: 6 })), { maxLength: 40 }), async (parts) => {
      const { unjudged } = await read({ Dockerfile: `FROM a\n${parts.join('')}` })
      expect(unjudged.filter(({ code }) => code === 'collector')).toEqual([])
    }),
    { numRuns: 300 },
  )
})
