import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readRules } from '../../scripts/read-rules.ts'
import { builtAction } from '../bundles/bundles.ts'
import { Report } from '../../src/core/report.ts'
import type { InputName } from '../../src/hosts/action/inputs.ts'
import { GitHub } from '../simulator/github.ts'
import type { Repository } from '../simulator/state/repository.ts'
import { githubActions, type Permissions, type Token } from '../simulator/state/types.ts'
import { lay, newWorkspace, runStep, type Step } from './runner.ts'

const repository = 'acme/shop'
const base = 'b'.repeat(40)
const head = 'a'.repeat(40)
const merge = 'c'.repeat(40)
const marker = '<!-- prodgate:production -->'

const runsAsRoot = 'FROM node:24.1.0-alpine\nCOPY . .\nCMD ["node", "server.js"]\n'
const runsAsNode = 'FROM node:24.1.0-alpine\nCOPY . .\nUSER node\nCMD ["node", "server.js"]\n'
// One rule decides alone, whatever other rules there are.
const others = readRules().filter(({ rule }) => rule.id !== 'containers/non-root-user')
const policy = (production: string): string =>
  `version: 1
environments: { production: { ${production} } }
rules: { ${others.map(({ rule }) => `${rule.id}: off`).join(', ')} }
`
const ownRegistry = `title: Images come from our own registry
severity: high
effort: 1h
for: docker.base
expect: base.name.startsWith("registry.shop.example/")
message: "{{base.name}} comes from elsewhere"
why: Images from elsewhere are not scanned before they run.
fix: Mirror the image to registry.shop.example.
`
const lenient = policy('blocking: critical, minimum-score: 0')
const strict = policy('blocking: low, minimum-score: 100')
const observed = policy('mode: observe')

const pullRequest = {
  name: 'pull_request',
  sha: merge,
  repository,
  payload: {
    action: 'synchronize',
    number: 7,
    pull_request: {
      number: 7,
      base: { ref: 'main', sha: base, repo: { full_name: repository } },
      head: { ref: 'checkout', sha: head, repo: { full_name: repository } },
    },
  },
}
const push = { name: 'push', sha: head, repository, payload: { ref: 'refs/heads/main', after: head } }

const bundle = builtAction()
let github: GitHub
let shop: Repository
const folders: string[] = []

/** What a workflow's own token may do. */
const tokenFor = (permissions: Permissions): Token => ({
  account: githubActions,
  permissions: { metadata: 'read', ...permissions },
  repositories: 'all',
  expiresAt: Number.POSITIVE_INFINITY,
})

beforeEach(async () => {
  github = new GitHub({ prefix: '' })
  github.tokens.set('t-write', tokenFor({ issues: 'write', contents: 'read' }))
  github.tokens.set('t-fork', tokenFor({ issues: 'read', contents: 'read' }))
  github.tokens.set('t-blind', tokenFor({ issues: 'write' }))
  shop = github.repository(repository).state
  shop.branches.set('main', base)
  shop.place(base, {})
  await github.start()
})
afterEach(async () => {
  await github.stop()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  github.assertNoViolations()
})

const workspaceOf = (files: Record<string, string>): ReturnType<typeof newWorkspace> => {
  const made = newWorkspace(files)
  folders.push(dirname(made.workspace))
  return made
}

const step = (
  place: ReturnType<typeof newWorkspace>,
  event: typeof push | typeof pullRequest,
  inputs: Partial<Record<InputName, string>> = {},
): Promise<Step> => runStep(bundle, place, event, github.url, { token: 't-write', ...inputs })

const annotations = (stdout: string, level: string): string[] =>
  stdout.split('\n').filter((line) => line.startsWith(`::${level} `) || line.startsWith(`::${level}::`))

const reportOf = ({ outputs }: Step): Report => Report.parse(JSON.parse(readFileSync(outputs['report'] ?? '', 'utf8')))
const reasons = (result: Step): string[] => reportOf(result).reasons.map(({ code }) => code)

const rules = (result: Step): string[] =>
  reportOf(result)
    .results.filter(({ status }) => status === 'fail')
    .map(({ rule }) => rule)

describe('on a push', () => {
  test('judges the work tree by its own policy, and tells it everywhere', async () => {
    const place = workspaceOf({ Dockerfile: runsAsRoot })
    const result = await step(place, push)
    expect(result.stderr).toBe('')
    expect(result.code).toBe(1)
    expect(result.outputs).toMatchObject({ decision: 'no-go', score: expect.stringMatching(/^\d+-\d+$/) })
    expect(rules(result)).toContain('containers/non-root-user')
    expect(result.outputs['report']).toBe(join(place.temporary, 'prodgate-production.json'))
    expect(JSON.parse(readFileSync(result.outputs['sarif'] ?? '', 'utf8'))).toMatchObject({ version: '2.1.0' })
    expect(annotations(result.stdout, 'error').join('\n')).toMatch(/file=Dockerfile,line=\d+/)
    expect(result.summary).toContain('recommended policy')
    expect(github.requests).toEqual([])
  })

  test('writes the report as a page where its name asks for one, and the JSON report beside it', async () => {
    const place = workspaceOf({ Dockerfile: runsAsRoot })
    const result = await step(place, push, { report: 'out/report.html' })
    expect(result.outputs['report']).toBe(join(place.workspace, 'out/report.json'))
    expect(reportOf(result).decision).toBe('no-go')
    const page = readFileSync(result.outputs['html'] ?? '', 'utf8')
    expect(page).toMatch(/^<!doctype html>/)
    expect(page).toMatch(/href="https:\/\/[^"]*\/blob\/[0-9a-f]{40}\/Dockerfile#L\d+"/)
    expect(page).toContain('recommended policy')
  })

  test('fails at what fail-on says, and at nothing in observe mode', async () => {
    const place = workspaceOf({ Dockerfile: runsAsRoot })
    expect(await step(place, push, { 'fail-on': 'never' })).toMatchObject({ code: 0, outputs: { decision: 'no-go' } })
    lay(place.workspace, { '.github/prodgate.yml': observed })
    expect(await step(place, push)).toMatchObject({ code: 0, outputs: { decision: 'no-go' } })
    lay(place.workspace, { '.github/prodgate.yml': lenient })
    const conditional = await step(place, push)
    expect(conditional).toMatchObject({ code: 0, outputs: { decision: 'conditional' } })
    expect(await step(place, push, { 'fail-on': 'conditional' })).toMatchObject({ code: 1 })
  })

  test('places findings of a part where the repository has them', async () => {
    const place = workspaceOf({ 'services/api/Dockerfile': runsAsRoot })
    const result = await step(place, push, { directory: 'services/api' })
    expect(annotations(result.stdout, 'error').join('\n')).toContain('file=services/api/Dockerfile')
    expect(reportOf(result).subject.directory).toBe('services/api')
  })

  test.each([
    ['an unknown value', { 'fail-on': 'sometimes' }, 'input "fail-on" is "sometimes"'],
    ['a directory that is not there', { directory: 'nowhere' }, 'is not a directory'],
    ['evidence of no kind', { evidence: 'vibes=*.txt' }, 'each is kind=glob'],
    ['a policy outside of the repository', { policy: '../law.yml' }, 'leaves the repository'],
  ])('says what is wrong with %s', async (_, inputs, message) => {
    const result = await step(workspaceOf({ Dockerfile: runsAsNode }), push, inputs)
    expect(result).toMatchObject({ code: 1, outputs: { decision: 'no-go' } })
    expect(annotations(result.stdout, 'error').join('\n')).toContain(message)
  })

  test('a broken policy is no-go, with its line', async () => {
    const place = workspaceOf({ Dockerfile: runsAsNode, '.github/prodgate.yml': 'version: 1\nblockng: high\n' })
    const result = await step(place, push)
    expect(result).toMatchObject({ code: 1, outputs: { decision: 'no-go' } })
    expect(reasons(result)).toEqual(['policy-invalid'])
    expect(result.stdout).toContain('.github/prodgate.yml:2')
  })

  test('a policy that is named must exist', async () => {
    const result = await step(workspaceOf({ Dockerfile: runsAsNode }), push, { policy: 'ops/gate.yml' })
    expect(result).toMatchObject({ code: 1, outputs: { decision: 'no-go' } })
    expect(reasons(result)).toEqual(['policy-invalid'])
  })

  test('keeps to the limits of annotations and of the summary, and still completes', async () => {
    // 400 files of 3 KB paths are more than 1 MiB of summary.
    const deep = Array.from({ length: 14 }, (_, index) => `${'ware'.repeat(50)}${index}`).join('/')
    const files = Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`${deep}/${n}/Dockerfile`, runsAsRoot]))
    const result = await step(workspaceOf({ ...files, '.github/prodgate.yml': strict }), push)
    expect(result).toMatchObject({ code: 1, outputs: { decision: 'no-go' } })
    expect(annotations(result.stdout, 'error')).toHaveLength(10)
    expect(annotations(result.stdout, 'warning').length).toBeLessThanOrEqual(10)
    expect(annotations(result.stdout, 'notice').join('\n')).toContain('391 more blocking')
    expect(Buffer.byteLength(result.summary)).toBeLessThanOrEqual(1_048_576)
    expect(reportOf(result).results.some(({ findings }) => findings.length === 400)).toBe(true)
  })
})

describe('on a pull request', () => {
  test('writes one comment, leaves it alone, and edits it in place when the verdict changed', async () => {
    const place = workspaceOf({ Dockerfile: runsAsRoot })
    await step(place, pullRequest)
    const [comment] = shop.comments
    expect(comment?.body).toContain(marker)
    expect(comment?.body).toContain(`https://github.com/acme/shop/blob/${head}/Dockerfile#L`)
    const first = comment?.body

    github.journal.clear()
    await step(place, pullRequest)
    expect(github.requests.filter((request) => !request.startsWith('GET '))).toEqual([])

    lay(place.workspace, { 'jobs/Dockerfile': runsAsRoot })
    await step(place, pullRequest)
    expect(shop.comments).toHaveLength(1)
    expect(shop.comments[0]?.body).not.toBe(first)
  })

  test('finds its comment on the second page, and takes no notice of an impostor', async () => {
    const impostor = shop.comment(7, `${marker}\nship it`, { id: 5, login: 'mallory', type: 'User' })
    for (let n = 0; n < 110; n++) shop.comment(7, `remark ${n}`, { id: 6, login: 'ada', type: 'User' })
    const own = shop.comment(7, `${marker}\nan old verdict`)
    await step(workspaceOf({ Dockerfile: runsAsRoot }), pullRequest)
    expect(shop.comments).toHaveLength(112)
    expect(own.body).toContain('No-go')
    expect(impostor.body).toContain('ship it')
  })

  test('leaves the comment of the App alone', async () => {
    const app = shop.comment(7, `${marker}\nfrom the App`, { id: 9, login: 'acme-gate[bot]', type: 'Bot' })
    const result = await step(workspaceOf({ Dockerfile: runsAsRoot }), pullRequest)
    expect(shop.comments).toEqual([app])
    expect(annotations(result.stdout, 'notice').join('\n')).toContain('the Prodgate App keeps one')
  })

  test('a fork cannot comment: a notice, and the same verdict', async () => {
    shop.place(base, { '.github/prodgate.yml': lenient })
    const place = workspaceOf({ Dockerfile: runsAsRoot, '.github/prodgate.yml': lenient })
    const result = await step(place, pullRequest, { token: 't-fork' })
    expect(result).toMatchObject({ code: 0, outputs: { decision: 'conditional' } })
    expect(annotations(result.stdout, 'notice').join('\n')).toContain('pull-requests: write')
    expect(shop.comments).toEqual([])
  })

  test('writes none when told so', async () => {
    await step(workspaceOf({ Dockerfile: runsAsRoot }), pullRequest, { comment: 'never' })
    expect(shop.comments).toEqual([])
  })

  test('the policy of the head counts for nothing', async () => {
    shop.place(base, { '.github/prodgate.yml': strict })
    const place = workspaceOf({ Dockerfile: runsAsRoot, '.github/prodgate.yml': lenient })
    const result = await step(place, pullRequest)
    expect(result).toMatchObject({ code: 1, outputs: { decision: 'no-go' } })
    expect(reportOf(result).score.minimum).toBe(100)
    expect(result.summary).toContain('counts once it is merged')
    expect(shop.comments[0]?.body).toContain('counts once it is merged')
  })

  test('a change cannot excuse itself by a comment', async () => {
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
    const excuse = `# prodgate: ignore containers/non-root-user until ${until} because we are in a hurry\n`
    const place = workspaceOf({ Dockerfile: excuse + runsAsRoot, '.github/prodgate.yml': strict })
    expect(reasons(await step(place, push))).not.toContain('ignore-untrusted')
    shop.place(base, { '.github/prodgate.yml': strict })
    const result = await step(place, pullRequest)
    expect(reasons(result)).toEqual(expect.arrayContaining(['blocking-failure', 'ignore-untrusted']))
  })

  test('a base without a policy means the recommended one, whatever the head brings', async () => {
    const place = workspaceOf({ Dockerfile: runsAsRoot, '.github/prodgate.yml': lenient })
    const result = await step(place, pullRequest)
    expect(result).toMatchObject({ code: 1, outputs: { decision: 'no-go' } })
    expect(reasons(result)).toContain('policy-default')
  })

  test.each([
    ['a token that may not read it', 't-blind'],
    ['no token', ''],
    ['a wrong token', 't-stolen'],
  ])('a base that cannot be read is no-go: %s', async (_, token) => {
    const place = workspaceOf({ Dockerfile: runsAsNode, '.github/prodgate.yml': lenient })
    const result = await step(place, pullRequest, { token })
    expect(result).toMatchObject({ code: 1, outputs: { decision: 'no-go' } })
    expect(reasons(result)).toEqual(['policy-invalid'])
    expect(result.stdout).toContain('contents: read')
  })

  test('an event without a base is no-go', async () => {
    const place = workspaceOf({ Dockerfile: runsAsNode, '.github/prodgate.yml': lenient })
    const result = await step(place, { ...pullRequest, payload: {} as (typeof pullRequest)['payload'] })
    expect(result).toMatchObject({ code: 1, outputs: { decision: 'no-go' } })
    expect(reasons(result)).toEqual(['policy-invalid'])
  })

  test('the base of a full clone serves where GitHub does not', async () => {
    const place = workspaceOf({ Dockerfile: runsAsRoot, '.github/prodgate.yml': lenient })
    const git = (...args: string[]): string =>
      execFileSync(
        'git',
        ['-C', place.workspace, '-c', 'user.name=Ada', '-c', 'user.email=ada@shop.example', ...args],
        {
          encoding: 'utf8',
        },
      )
    git('init', '-q')
    git('add', '.')
    git('commit', '-qm', 'Open the shop')
    const sha = git('rev-parse', 'HEAD').trim()
    lay(place.workspace, { '.github/prodgate.yml': strict })
    git('commit', '-qam', 'Tighten')
    const { pull_request } = pullRequest.payload
    const payload = { ...pullRequest.payload, pull_request: { ...pull_request, base: { ...pull_request.base, sha } } }
    const result = await step(place, { ...pullRequest, payload }, { token: '' })
    expect(result).toMatchObject({ code: 0, outputs: { decision: 'conditional' } })
    expect(result.summary).toContain(sha.slice(0, 12))
  })

  test("custom rules are the base's, by GitHub's word", async () => {
    const folder = '.github/prodgate/rules/images'
    shop.place(base, {
      '.github/prodgate.yml': 'version: 1\nextends: []\nrules: { images/registry: high }\n',
      [`${folder}/registry.yaml`]: ownRegistry,
    })
    const place = workspaceOf({ Dockerfile: runsAsNode, [`${folder}/lax.yaml`]: 'no rule' })
    const result = await step(place, pullRequest)
    expect(result).toMatchObject({ code: 1, outputs: { decision: 'no-go' } })
    expect(rules(result)).toEqual(['images/registry'])
    expect(result.summary).toContain('fetch-depth: 0')
  })

  test('a broken rule of the base is no-go, with its line', async () => {
    const broken = ownRegistry.replace('base.name', 'base.nam')
    shop.place(base, { '.github/prodgate/rules/images/registry.yaml': broken })
    const result = await step(workspaceOf({ Dockerfile: runsAsNode }), pullRequest)
    expect(result).toMatchObject({ code: 1, outputs: { decision: 'no-go' } })
    expect(reasons(result)).toEqual(['rules-invalid'])
    expect(result.stdout).toContain('.github/prodgate/rules/images/registry.yaml:5')
  })

  test('is judged by what it adds where the clone holds the base', async () => {
    const place = workspaceOf({ Dockerfile: runsAsRoot, '.github/prodgate.yml': strict })
    const git = (...args: string[]): string =>
      execFileSync(
        'git',
        ['-C', place.workspace, '-c', 'user.name=Ada', '-c', 'user.email=ada@shop.example', ...args],
        {
          encoding: 'utf8',
        },
      ).trim()
    git('init', '-q', '-b', 'main')
    git('add', '.')
    git('commit', '-qm', 'Open the shop')
    const sha = git('rev-parse', 'HEAD')
    shop.branches.set('main', sha)
    shop.place(sha, { '.github/prodgate.yml': strict })
    git('checkout', '-qb', 'checkout')
    lay(place.workspace, { 'README.md': 'A shop' })
    git('add', '.')
    git('commit', '-qm', 'Say what it is')
    const { pull_request } = pullRequest.payload
    const at = (of: string) => ({
      ...pullRequest,
      sha: git('rev-parse', 'HEAD'),
      payload: {
        ...pullRequest.payload,
        pull_request: {
          ...pull_request,
          base: { ...pull_request.base, sha: of },
          head: { ...pull_request.head, sha: git('rev-parse', 'checkout') },
        },
      },
    })
    const harmless = await step(place, at(sha))
    expect(harmless).toMatchObject({ code: 0, outputs: { decision: 'conditional' } })
    expect(reasons(harmless)).toContain('known-findings')
    expect(harmless.summary).not.toContain('fetch-depth')
    // GitHub's merge commit holds the newer base that its first parent is, whatever the event says.
    git('checkout', '-q', 'main')
    lay(place.workspace, { 'jobs/Dockerfile': runsAsRoot })
    git('add', '.')
    git('commit', '-qm', 'Run jobs')
    git('merge', '-q', '--no-ff', '-m', 'Merge', 'checkout')
    expect(await step(place, at(sha))).toMatchObject({ code: 0, outputs: { decision: 'conditional' } })
    lay(place.workspace, { 'mail/Dockerfile': runsAsRoot })
    expect(await step(place, at(sha))).toMatchObject({ code: 1, outputs: { decision: 'no-go' } })
  })

  test('a checkout of another commit than the event brings no law of its own', async () => {
    const place = workspaceOf({ Dockerfile: runsAsRoot, '.github/prodgate.yml': lenient })
    execFileSync('git', ['init', '-q', place.workspace])
    const commit = [
      '-c',
      'user.name=Mallory',
      '-c',
      'user.email=m@shop.example',
      'commit',
      '-q',
      '-m',
      'x',
      '--allow-empty',
    ]
    execFileSync('git', ['-C', place.workspace, ...commit])
    shop.place(head, { '.github/prodgate.yml': strict })
    const result = await step(place, { ...push, name: 'workflow_run' })
    expect(reportOf(result).score.minimum).toBe(100)
  })

  test('asks again after a bad gateway, and writes one comment when an answer was lost', async () => {
    const badGateway = { status: 502, body: '<html>502</html>', headers: { 'content-type': 'text/html' } }
    for (const route of [
      'GET /repos/{owner}/{repo}/git/ref/{ref}',
      'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
    ])
      github.faults.add({ route, kind: 'answer', answer: badGateway })
    const create = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
    github.faults.add({ route: create, kind: 'answer', answer: badGateway })
    github.faults.add({ route: create, kind: 'answer', answer: badGateway, carriedOut: true })
    const result = await step(workspaceOf({ Dockerfile: runsAsRoot }), pullRequest)
    expect(reasons(result)).not.toContain('policy-invalid')
    expect(shop.comments).toHaveLength(1)
  })

  test('a comment keeps its limit, however much there is to say', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, n) => [`${'stall'.repeat(40)}-${n}/Dockerfile`, runsAsRoot]),
    )
    shop.place(base, { '.github/prodgate.yml': lenient })
    await step(workspaceOf(files), pullRequest)
    const body = shop.comments[0]?.body ?? ''
    expect(body.length).toBeLessThanOrEqual(65_536)
    expect(body).toContain('/Dockerfile')
    expect(body.split('<details>').length).toBe(body.split('</details>').length)
  })
})

test('works below the path of an Enterprise Server', async () => {
  const enterprise = new GitHub()
  await enterprise.start()
  const store = enterprise.repository(repository).state
  enterprise.tokens.set('t-write', tokenFor({ issues: 'write', contents: 'read' }))
  store.branches.set('main', base)
  store.place(base, {})
  await runStep(bundle, workspaceOf({ Dockerfile: runsAsRoot }), pullRequest, enterprise.url, { token: 't-write' })
  await enterprise.stop()
  expect(enterprise.violations).toEqual([])
  expect(store.comments).toHaveLength(1)
})
