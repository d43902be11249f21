import { describe, expect, test } from 'vitest'
import { bad, commit, good, policy, pullEvent, shaOf, testWorld, type TestWorld } from './world.ts'

const path = '.github/prodgate.yml'
const main = shaOf('main')
const zeros = '0'.repeat(40)
const lax = policy('{ blocking: critical, minimum-score: 0 }')
const seconds = (count: number): number => count * 1000

/** A world in which pull requests to a branch are open, the last of them the newest. */
const worldOf = (words: readonly string[], base = 'main', law = policy()): TestWorld => {
  const world = testWorld(law)
  for (const [index, word] of words.entries())
    world.shop.pulls.push({
      number: index + 1,
      open: true,
      draft: false,
      head: { sha: commit(world, word, { ...bad, 'README.md': word }), sameRepository: true },
      base: { branch: base },
      updatedAt: new Date(Date.parse('2026-11-18T08:00:00Z') + seconds(index)).toISOString(),
    })
  return world
}

/** A push to a branch, and the seconds in which its newest commit is judged; gives the commit. */
const push = async (
  world: TestWorld,
  word: string,
  files: Record<string, string>,
  {
    branch = 'main',
    before = world.shop.branches[branch] ?? zeros,
    wait = 5,
  }: { branch?: string; before?: string; wait?: number } = {},
): Promise<string> => {
  const after = commit(world, word, files)
  world.shop.mergeBases[after] = after
  world.shop.branches[branch] = after
  await world.deliver('push', { ref: `refs/heads/${branch}`, before, after })
  await world.settle()
  world.pass(seconds(wait))
  return after
}

/** What is queued for another look at the law, with how long it waits in seconds. */
const queued = ({ queue, time }: TestWorld): [string, number][] =>
  queue.waiting.flatMap(({ name, job, startAfter }) =>
    name === 'judge' && 'why' in job && job.why === 'law'
      ? [[job.sha, ((startAfter?.getTime() ?? time) - time) / 1000] as [string, number]]
      : [],
  )
const conclusions = ({ shop }: TestWorld, sha: string): unknown[] =>
  shop.checks
    .filter((check) => check.sha === sha)
    .map(({ state }) => ('conclusion' in state ? state.conclusion : state))

/** Does all that is due but what was put off, and gives what was. */
const handle = async (world: TestWorld): Promise<[string, number][]> => {
  world.queue.waiting.reverse()
  await world.settle()
  return queued(world)
}

describe('a push to the base of pull requests', () => {
  test('that changes the policy has them judged again, the newest first', async () => {
    const world = worldOf(['head', 'next'])
    await world.deliver('pull_request', pullEvent(shaOf('head')))
    await world.settle()
    expect(conclusions(world, shaOf('head'))).toEqual(['failure'])
    await push(world, 'law', { ...good, [path]: lax })
    await world.settle()
    expect(queued(world)).toEqual([[shaOf('head'), 10]])
    expect(conclusions(world, shaOf('next'))).toEqual(['success'])
    expect(conclusions(world, shaOf('head'))).toEqual(['failure'])
    world.pass(seconds(10))
    await world.settle()
    expect(conclusions(world, shaOf('head'))).toEqual(['success'])
    expect(world.shop.conversations.get(1)?.comments).toHaveLength(1)
  })

  const rule = 'title: Ours\nseverity: high\n'
  const history = '.github/history.json'
  const keeping = policy(undefined, `history: ${history}\n`)
  test.each<[string, string, Record<string, string>, Record<string, string>, boolean]>([
    ['the policy', policy(), {}, { [path]: lax }, true],
    ['a custom rule', policy(), { [path]: policy(), '.github/prodgate/rules/own/a.yaml': rule }, {}, true],
    ['the history', keeping, {}, { [path]: keeping, [history]: '{"schemaVersion":1,"entries":[]}' }, true],
    ['a history that the policy does not name', policy(), {}, { [path]: policy(), [history]: '{}' }, false],
    ['other files', policy(), {}, { [path]: policy(), 'src/till.ts': '' }, false],
  ])('%s: are they judged again?', async (_, law, more, files, again) => {
    const world = worldOf(['head', 'next'], 'main', law)
    await push(world, 'law', { ...good, [path]: law, ...more, ...files })
    expect((await handle(world)).length > 0).toBe(again)
    expect(world.app.calls.includes('pulls.newest')).toBe(again)
  })

  test('that takes the policy away has them judged again', async () => {
    const world = worldOf(['head', 'next'])
    await push(world, 'law', good)
    expect(await handle(world)).toHaveLength(1)
  })

  test.each<[string, string]>([
    ['is new', zeros],
    ['was forced, and what it was is gone', shaOf('gone')],
  ])('that %s counts as a change', async (_, before) => {
    const world = worldOf(['head', 'next'])
    await push(world, 'law', { ...good, [path]: policy() }, { before })
    expect(await handle(world)).toHaveLength(1)
  })

  test('that is no default branch counts as soon as a pull request to it was seen', async () => {
    const world = worldOf(['head', 'next'], 'release')
    world.shop.branches['release'] = main
    await push(world, 'early', { ...good, [path]: lax }, { branch: 'release' })
    await world.settle()
    expect(world.app.calls).toEqual([])
    await world.deliver('pull_request', pullEvent(shaOf('head'), 'opened', { base: { ref: 'release' } }))
    await world.settle()
    await push(world, 'late', { ...good, [path]: policy() }, { branch: 'release' })
    expect(await handle(world)).toEqual([[shaOf('head'), 10]])
  })

  test('leaves pull requests to other branches alone', async () => {
    const world = worldOf(['head', 'next'], 'release')
    await push(world, 'law', { ...good, [path]: lax })
    await world.settle()
    expect(world.shop.checks.map(({ sha }) => sha)).not.toContain(shaOf('next'))
    expect(queued(world)).toEqual([])
  })

  test('leaves those alone whose head moved, or that were closed, before it was their turn', async () => {
    const world = worldOf(['closed', 'moved', 'newest'])
    await push(world, 'law', { ...good, [path]: lax })
    await world.settle()
    const newer = { updated_at: '2026-11-18T10:00:05Z' }
    await world.deliver('pull_request', pullEvent(shaOf('closed'), 'closed', { ...newer, state: 'closed' }))
    const moved = commit(world, 'moved on', good)
    await world.deliver('pull_request', pullEvent(moved, 'synchronize', { ...newer, number: 2 }))
    await world.settle()
    world.pass(seconds(60))
    await world.settle()
    const judged = new Set(world.shop.checks.map(({ sha }) => sha))
    expect([...judged].toSorted()).toEqual([shaOf('law'), shaOf('newest'), moved].toSorted())
  })

  test('twice at once: one that leaves the law alone does not stand for the other, and nothing is queued twice', async () => {
    const world = worldOf(['head', 'next'])
    await push(world, 'plain', { ...good, [path]: policy(), 'src/till.ts': '' }, { wait: 0 })
    await push(world, 'law', { ...good, [path]: lax }, { wait: 0 })
    await push(world, 'again', { ...good, [path]: policy('{ blocking: low, minimum-score: 0 }') })
    expect(await handle(world)).toEqual([[shaOf('head'), 10]])
  })

  test('of many pull requests: the newest fifty, one after the other', async () => {
    const words = Array.from({ length: 60 }, (_, index) => `pull${String.fromCharCode(97 + (index % 26))}${index}`)
    const world = worldOf(words)
    await push(world, 'law', { ...good, [path]: lax })
    await world.settle()
    const waits = queued(world).map(([, wait]) => wait)
    expect(waits).toEqual(Array.from({ length: 49 }, (_, index) => (index + 1) * 10))
    expect(world.app.calls.filter((call) => call === 'pulls.newest')).toHaveLength(1)
  })

  test('while GitHub is away: tried again; without the right to see them: passed over', async () => {
    const world = worldOf(['head', 'next'])
    let times = 0
    world.app.fault = (operation) =>
      operation === 'pulls.newest' && times++ === 0
        ? { problem: { kind: 'unreachable', message: 'bad gateway' } }
        : undefined
    await push(world, 'law', { ...good, [path]: lax })
    expect(await handle(world)).toHaveLength(1)
    expect(times).toBe(2)
    world.app.fault = (operation) =>
      operation === 'pulls.newest' ? { problem: { kind: 'forbidden', status: 403, message: 'no' } } : undefined
    await push(world, 'back', { ...good, [path]: policy() })
    await world.settle()
    expect(world.queue.dead).toEqual([])
    expect(world.lines.join('\n')).toContain('cannot be judged again')
  })
})

describe('the App is installed', () => {
  const account = { installation: { id: 3, account: { login: 'acme' } } }
  const short = (id: number) => ({
    id,
    node_id: 'R',
    name: id === 7 ? 'till' : `shop-${id}`,
    full_name: '',
    private: true,
  })
  const judged = ({ shop }: TestWorld): string[] => [...new Set(shop.checks.map(({ sha }) => sha))]

  test.each<[string, string, object]>([
    ['on some repositories', 'installation', { action: 'created', repositories: [short(7)] }],
    [
      'on one more',
      'installation_repositories',
      { action: 'added', repositories_added: [short(7)], repositories_removed: [] },
    ],
  ])('%s: the open pull requests are judged, to whichever branch', async (_, event, payload) => {
    const world = worldOf(['head', 'next'])
    world.shop.pulls[1] = { ...world.shop.pulls[1]!, base: { branch: 'release' } }
    world.shop.branches['release'] = main
    await world.deliver(event, { ...payload, ...account })
    await world.settle()
    expect(judged(world)).toEqual([shaOf('next')])
    world.pass(seconds(30))
    await world.settle()
    expect(judged(world)).toEqual([shaOf('next'), shaOf('head')])
    expect(world.shop.conversations.size).toBe(2)
  })

  test.each<[string, string, object]>([
    ['is taken away', 'installation', { action: 'deleted', repositories: [short(7)] }],
    ['is suspended', 'installation', { action: 'suspend' }],
    [
      'loses a repository',
      'installation_repositories',
      { action: 'removed', repositories_added: [], repositories_removed: [short(7)] },
    ],
  ])('and %s: nothing is asked', async (_, event, payload) => {
    const world = worldOf(['head'])
    await world.deliver(event, { ...payload, ...account })
    await world.settle()
    expect(world.app.calls).toEqual([])
  })

  test('on very many: one after the other, and not all', async () => {
    const world = worldOf([])
    const repositories = Array.from({ length: 250 }, (_, index) => short(index + 1))
    await world.deliver('installation', { action: 'created', repositories, ...account })
    await world.settle()
    const waits = world.queue.waiting.flatMap(({ name, startAfter }) =>
      name === 'pulls' ? [((startAfter?.getTime() ?? world.time) - world.time) / 1000] : [],
    )
    expect(waits).toEqual(Array.from({ length: 199 }, (_, index) => (index + 1) * 300))
    expect(world.lines.join('\n')).toContain('some repositories')
  })
})
