import { describe, expect, test } from 'vitest'
import { memoryCommits } from '../../../src/adapters/memory/committed-files.ts'
import type { Event } from '../../../src/hosts/action/event.ts'
import { findHistory, findLaw, type Shelves } from '../../../src/hosts/action/law.ts'
import type { Problem } from '../../../src/ports/answer.ts'

const path = '.github/prodgate.yml'
const [old, tip, head] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string]
const folder = '.github/prodgate/rules/clinic'
const rule = `${folder}/labels.yaml`
const commits = {
  [old]: { [path]: 'old law', [rule]: 'old rule' },
  [tip]: { [path]: 'law', [rule]: 'rule', '.github/prodgate/rules/README.md': 'no rule' },
  [head]: { [path]: 'lax law' },
}

const event = (changes: Partial<Event>): Event => ({
  name: 'pull_request',
  sha: head,
  repository: { owner: 'acme', name: 'shop' },
  base: { branch: 'main', sha: old },
  pullRequest: { number: 7, head },
  ...changes,
})
const push = event({ name: 'push', base: undefined, pullRequest: undefined })

const offline: Problem = { kind: 'unreachable', message: 'connect ECONNREFUSED' }
const forbidden: Problem = { kind: 'forbidden', status: 403, message: 'Resource not accessible by integration' }

const forge = memoryCommits({ main: tip }, commits)
const emptyClone = memoryCommits({}, {})
const tree =
  (text: string | undefined): Shelves['workTree'] =>
  () =>
    Promise.resolve({ ok: true, value: text === undefined ? undefined : new TextEncoder().encode(text) })
const binary: Shelves['workTree'] = () => Promise.resolve({ ok: true, value: new Uint8Array([0xff, 0xfe, 0xfa]) })
const shelves = (changes: Partial<Shelves> = {}): Shelves => ({
  forge,
  clone: emptyClone,
  workTree: tree('lax law'),
  workTreeRules: () => Promise.resolve([{ path: `${folder}/lax.yaml`, text: 'lax rule' }]),
  ...changes,
})

const law = async (of: Event, from: Shelves, at: string | null = head, policy = { path, named: false }) =>
  (await findLaw(of, at, policy, from)).policy

describe('a pull request', () => {
  test.each([
    ["is judged by the base's newest commit", event({}), shelves(), { path, text: 'law' }],
    ['as is a merge group', event({ name: 'merge_group', pullRequest: undefined }), shelves(), { path, text: 'law' }],
    [
      'without a policy in its base: by the recommended one',
      event({}),
      shelves({ forge: memoryCommits({ main: tip }, { [tip]: {} }) }),
      undefined,
    ],
    [
      'by the base in the clone, where there is no token',
      event({}),
      shelves({ forge: undefined, clone: memoryCommits({}, commits) }),
      { path, text: 'old law' },
    ],
    [
      'by the base in the clone, where GitHub is away',
      event({}),
      shelves({ forge: memoryCommits({}, {}, offline), clone: memoryCommits({}, commits) }),
      { path, text: 'old law' },
    ],
    [
      'by nothing, where there is no token',
      event({}),
      shelves({ forge: undefined }),
      { path, unreadable: expect.stringContaining('contents: read') },
    ],
    [
      'by nothing, where the token may not',
      event({}),
      shelves({ forge: memoryCommits({}, {}, forbidden) }),
      { path, unreadable: expect.stringContaining('contents: read') },
    ],
    [
      'by nothing, where GitHub is away',
      event({}),
      shelves({ forge: memoryCommits({}, {}, offline) }),
      { path, unreadable: expect.stringContaining('ECONNREFUSED') },
    ],
    [
      'by nothing, where the base is unclear',
      event({ base: 'unclear' }),
      shelves(),
      { path, unreadable: expect.stringContaining('base') },
    ],
  ])('%s', async (_, of, from, expected) => {
    expect(await law(of, from)).toEqual(expected)
  })

  test('is told when its own policy counts for nothing', async () => {
    const policy = { path, named: false }
    expect((await findLaw(event({}), head, policy, shelves())).notices.join()).toContain('once it is merged')
    expect((await findLaw(event({}), head, policy, shelves({ workTree: tree('law') }))).notices).toEqual([])
    expect((await findLaw(event({}), head, policy, shelves({ workTree: tree(undefined) }))).notices).toHaveLength(1)
  })
})

describe('everything else', () => {
  test.each([
    ['is judged by the checkout', push, 'law', head, { path, text: 'law' }],
    ['also without git', push, 'law', null, { path, text: 'law' }],
    ["but not by another commit's", event({ ...push, sha: tip }), 'lax law', head, { path, text: 'law' }],
    ['and by the recommended policy without one', push, undefined, head, undefined],
    ['a policy is not cut', push, 'x'.repeat(1_000_001), head, { path, unreadable: 'is larger than 1 MB' }],
  ])('%s', async (_, of, text, at, expected) => {
    expect(await law(of, shelves({ workTree: tree(text) }), at)).toEqual(expected)
  })

  test('a policy that is named must exist, and be text', async () => {
    const named = { path: 'ops/gate.yml', named: true }
    expect(await law(push, shelves({ workTree: tree(undefined) }), head, named)).toMatchObject({
      unreadable: 'there is no such file',
    })
    expect(await law(push, shelves({ workTree: binary }))).toMatchObject({ unreadable: 'is not UTF-8 text' })
  })
})

describe('custom rules', () => {
  const rulesOf = async (of: Event, from: Shelves, policy = { path, named: false }) =>
    (await findLaw(of, head, policy, from)).customRules
  const named = (text: string) => [{ path: rule, text }]
  const gone = expect.objectContaining({ diagnostics: [expect.objectContaining({ code: 'rule-unreadable' })] })

  test.each([
    ["are the base's newest", event({}), shelves(), named('rule')],
    ['from the clone where it holds them', event({}), shelves({ clone: memoryCommits({}, commits) }), named('rule')],
    [
      'as old as the base in the clone without a token',
      event({}),
      shelves({ forge: undefined, clone: memoryCommits({}, commits) }),
      named('old rule'),
    ],
    ['none where the base has none', event({}), shelves({ forge: memoryCommits({ main: tip }, { [tip]: {} }) }), []],
    ['of the work tree where that is the law', push, shelves(), [{ path: `${folder}/lax.yaml`, text: 'lax rule' }]],
  ])('are %s', async (_, of, from, expected) => {
    expect(await rulesOf(of, from)).toEqual(expected)
  })

  test("are the base's also where the policy is a file elsewhere", async () => {
    const elsewhere = { path: '/etc/prodgate.yml', named: true }
    expect(await rulesOf(event({}), shelves(), elsewhere)).toEqual(named('rule'))
    const nowhere = shelves({ forge: memoryCommits({ main: tip }, {}) })
    expect(await rulesOf(event({}), nowhere, elsewhere)).toEqual(gone)
  })

  test('that cannot be listed or read are a mistake, and not absent', async () => {
    const held = memoryCommits({ main: tip }, commits)
    const refused = { ok: false as const, problem: forbidden }
    const unlisted = { ...held, list: () => Promise.resolve(refused) }
    const unread = {
      ...held,
      read: (commit: string, file: string) => (file === rule ? Promise.resolve(refused) : held.read(commit, file)),
    }
    expect(await rulesOf(event({}), shelves({ forge: unlisted }))).toEqual(gone)
    expect(await rulesOf(event({}), shelves({ forge: unread }))).toEqual(gone)
  })
})

describe('the history', () => {
  const place = 'history.json'
  const past = memoryCommits(
    { main: tip },
    { [old]: { [place]: 'old' }, [tip]: { [place]: 'base' }, [head]: { [place]: 'own' } },
  )
  const read = (of: Event, from: Shelves, file: string | undefined = place) => findHistory(of, head, from)(file)

  test.each([
    ["of a pull request is its base's", event({}), shelves({ forge: past }), { path: place, text: 'base' }],
    [
      'of a pull request without a token is that of the base in the clone',
      event({}),
      shelves({ forge: undefined, clone: past }),
      { path: place, text: 'old' },
    ],
    ['of a push is that of the work tree', push, shelves({ workTree: tree('own') }), { path: place, text: 'own' }],
    ['may be missing', push, shelves({ workTree: tree(undefined) }), { path: place, text: undefined }],
    ['may be missing in the base', event({}), shelves(), { path: place, text: undefined }],
    ['is text', push, shelves({ workTree: binary }), { path: place, unreadable: 'is not UTF-8 text' }],
    [
      'is never taken from an unclear base',
      event({ base: 'unclear' }),
      shelves(),
      { path: place, unreadable: 'the event does not name the base branch' },
    ],
  ])('%s', async (_, of, from, wanted) => {
    expect(await read(of, from)).toEqual(wanted)
  })

  test('that cannot be read is not an empty one', async () => {
    expect(await read(event({}), shelves({ forge: undefined }))).toHaveProperty('unreadable')
  })

  test('is not asked for where the policy keeps none', async () => {
    expect(await findHistory(event({}), head, shelves({ forge: past }))(undefined)).toBeUndefined()
  })
})
