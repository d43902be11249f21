import { describe, expect, test } from 'vitest'
import { memoryWorkspace } from '../../../src/adapters/memory/memory.ts'
import { observe } from '../../../src/observe.ts'
import { factKinds, type FactKind } from '../../../src/core/facts/index.ts'

const kinds = Object.keys(factKinds).filter((kind) => kind.startsWith('workflows.')) as FactKind[]

const read = async (files: Record<string, string>): Promise<Awaited<ReturnType<typeof observe>>['facts']> => {
  const workspace = memoryWorkspace(files)
  const { facts } = await observe({ workspace, evidenceFiles: workspace, ignore: [], evidenceGlobs: {} })
  return facts
}

const workflow = (text: string): Record<string, string> => ({ '.github/workflows/ci.yml': text })

const clinic = `name: CI
on:
  push: { branches: [main] }
  workflow_dispatch:
    inputs:
      note: { type: string }
env: { REGION: eu }
permissions:
  contents: read
concurrency: ci
jobs:
  test:
    runs-on: [ubuntu-20.04]
    services:
      db: postgres:16
    steps:
      - uses: actions/checkout@v4
      - name: Unit tests
        id: unit
        run: |
          npm ci
          npm test | tee log
          echo "\${{ github.event.head_commit.message }} \${{ inputs.note }}"
          echo "::set-output name=x::y"
      - uses: aquasecurity/trivy-action@master
        with: { scan-type: fs }
      - uses: github/codeql-action/upload-sarif@v3
  image:
    needs: test
    runs-on: ubuntu-24.04
    steps:
      - uses: docker/setup-buildx-action@v3
      - uses: docker/build-push-action@v6
        with: { tags: "clinic:ci" }
      - run: docker run clinic:ci
  deploy:
    needs: [image]
    if: github.ref == 'refs/heads/main'
    environment: { name: production }
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@v4
      - run: kubectl --namespace clinic apply -f k8s/
      - uses: slackapi/slack-github-action@v1
      - if: failure()
        run: kubectl rollout undo deployment/clinic
      - run: ./scripts/smoke.sh
      - run: npm run e2e
`

describe('workflows', () => {
  test('every fact is as its schema says, and has a place in its file', async () => {
    const facts = await read({
      ...workflow(clinic),
      'package.json': '{ "scripts": { "e2e": "playwright test" } }',
      'scripts/smoke.sh': '',
      'actions/setup/action.yml':
        'runs:\n  using: composite\n  steps:\n    - run: echo ${{ github.head_ref }}\n      shell: bash\n',
    })
    expect(facts.unjudged).toEqual([])
    for (const kind of kinds) {
      expect([kind, facts.of(kind).length > 0]).toEqual([kind, true])
      for (const fact of facts.of(kind)) {
        expect([kind, factKinds[kind].schema.strict().safeParse(fact.value).error?.issues]).toEqual([kind, undefined])
        expect(fact.place.line).toBeGreaterThan(0)
      }
    }
  })

  test('a deployment knows what stands before and after it', async () => {
    const facts = await read(workflow(clinic))
    const deploy = facts.of('workflows.job').find(({ value }) => value.id === 'deploy')
    expect(deploy?.value).toMatchObject({
      deploys: true,
      deployedBy: 'kubectl apply',
      environment: 'production',
      testedFirst: 'yes',
      scannedFirst: 'yes',
      verified: true,
      rollsBack: true,
      concurrency: true,
      timeout: true,
    })
    expect(deploy?.places?.['deployment']).toMatchObject({ line: 44 })
  })

  test.each([
    ['a string', 'on: push', ['push']],
    ['a list', 'on: [push, pull_request]', ['push', 'pull_request']],
    ['a map', 'on:\n  push:\n  schedule: [{ cron: "0 0 * * *" }]', ['push', 'schedule']],
    ['quoted', '"on": push', ['push']],
  ])('triggers as %s', async (_, on, triggers) => {
    const facts = await read(workflow(`${on}\njobs: { a: { runs-on: x, steps: [] } }\n`))
    expect(facts.of('workflows.workflow')[0]?.value.triggers).toEqual(triggers)
  })

  test.each([
    ['a literal block', 'run: |\n          make\n          go test ./... || true', 8],
    ['a literal block that keeps its blank lines', 'run: |\n\n          make\n\n          go test ./... || true', 10],
    ['a folded block', 'run: >-\n          make &&\n          go test ./... || true', 8],
    ['one line', 'run: go test ./... || true', 6],
    ['a quoted string', 'run: "go test ./... || true"', 6],
  ])('a command in %s is found at its line', async (_, run, line) => {
    const facts = await read(workflow(`on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - ${run}\n`))
    expect(facts.of('workflows.check').map(({ place, value }) => [place.line, value.suppressed])).toEqual([
      [line, true],
    ])
  })

  test.each([
    ['broken YAML', 'on: push\njobs:\n  a: [\n', 'syntax'],
    ['no jobs', 'on: push\n', 'not-a-workflow'],
    ['a list', '- a\n', 'not-a-workflow'],
    ['a job that is no map', 'on: push\njobs:\n  a: 3\n', 'not-a-job'],
    ['nested too deeply', `on: push\njobs: ${'['.repeat(300)}${']'.repeat(300)}\n`, 'too-deep'],
  ])('%s is named as not judged', async (_, text, code) => {
    const facts = await read({
      ...workflow(text),
      '.github/workflows/good.yml': 'on: push\njobs: { a: { runs-on: x, steps: [] } }\n',
    })
    expect(facts.unjudged.map((file) => [file.topic, file.code])).toEqual([['workflows', code]])
    expect(facts.of('workflows.job')).toHaveLength(1)
  })

  test.each([
    [
      'odd values everywhere',
      'on: 3\npermissions: 7\nenv: x\nconcurrency: []\njobs: { a: { runs-on: {}, needs: {}, env: 3, steps: [1, null, { run: 3 }, { uses: [] }, { uses: "", with: 4 }] } }',
    ],
    ['steps as a map', 'on: push\njobs: { a: { steps: { run: make } } }'],
    ['an empty file', ''],
    [
      'a cycle of needs',
      'on: push\njobs: { a: { needs: b, steps: [{ run: fly deploy }] }, b: { needs: a, steps: [] } }',
    ],
  ])('%s does no harm', async (_, text) => {
    const facts = await read(workflow(text))
    expect(facts.unjudged).toEqual([])
  })

  test.each(['action.yml', 'package.json'])('a %s of something else is left alone', async (name) => {
    const facts = await read({ [`docs/${name}`]: '{ broken: [', [`other/${name}`]: 'hello: world' })
    expect(facts.unjudged).toEqual([])
  })

  test('the value of a password is in no fact', async () => {
    const text =
      'on: push\njobs: { a: { container: { image: x, credentials: { password: hunter-two } }, env: { TOKEN: hunter-two }, steps: [{ run: make, env: { P: hunter-two } }] } }'
    const facts = await read(workflow(text))
    for (const kind of kinds) expect(JSON.stringify(facts.of(kind))).not.toContain('hunter')
  })
})

const oneJob = (steps: string): string =>
  `on: push\njobs:\n  deploy:\n    runs-on: x\n    steps:\n      - uses: actions/checkout@v4\n${steps}`

describe('hostile workflows', () => {
  test.each([
    ['a script that is too long', oneJob(`      - run: |\n${'          ./x.sh\n'.repeat(20_000)}`), 1],
    ['many commands', oneJob(`      - run: |\n${'          npm t\n'.repeat(8000)}`), 0],
    ['many expressions', oneJob(`      - run: |\n${'          ${{ github.head_ref }}\n'.repeat(1700)}`), 0],
    ['many steps', oneJob('      - run: ./a.sh || true\n'.repeat(5000)), 0],
    [
      'many jobs',
      `on: push\njobs:\n${Array.from({ length: 299 }, (_, index) => `  j${index}: { needs: [${Array.from({ length: Math.min(index, 20) }, (__, before) => `j${index - before - 1}`).join(', ')}], steps: [{ run: fly deploy }] }\n`).join('')}`,
      0,
    ],
    [
      'more jobs than are judged',
      `on: push\njobs:\n${Array.from({ length: 301 }, (_, index) => `  j${index}: {}\n`).join('')}`,
      1,
    ],
  ])('%s', async (_, text, unjudged) => {
    const facts = await read(workflow(text))
    expect(facts.unjudged.map(({ code }) => code)).toEqual(Array.from({ length: unjudged }, () => 'too-large'))
  })
})
