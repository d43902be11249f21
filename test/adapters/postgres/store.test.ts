import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrate } from '../../../src/adapters/postgres/migrations.ts'
import { startQueue, type JobQueue } from '../../../src/adapters/postgres/queue.ts'
import type { Database } from '../../../src/adapters/postgres/sql.ts'
import { openStore } from '../../../src/adapters/postgres/store.ts'
import type { JobHandlers } from '../../../src/ports/queue.ts'
import type { GateKey, Store } from '../../../src/ports/store.ts'
import { databases } from './databases.ts'

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const ref = { id: 7, owner: 'acme', name: 'till', installation: 3 }
const received = new Date('2026-11-21T10:00:00Z')
const delivery = (guid: string) => ({
  guid,
  event: 'push',
  action: null,
  payload: { text: 'a\u0000b' },
  receivedAt: received,
})

describe.each(databases)('$name', ({ open }) => {
  let database: Database
  let queue: JobQueue
  let store: Store
  let close: (() => Promise<void>) | undefined

  beforeAll(async () => {
    ;({ database, close } = await open())
    queue = await startQueue(database, silent)
    store = await openStore(database, queue)
  })
  afterAll(async () => {
    await queue.stop(1000)
    await close?.()
  })

  test('the schema is there once, however often it is asked for', async () => {
    await Promise.all([migrate(database), migrate(database)])
    expect(await database.query('select step from prodgate.migrations', [])).toEqual([
      { step: 1 },
      { step: 2 },
      { step: 3 },
    ])
  })

  test('a schema of a newer version is refused', async () => {
    await database.query('insert into prodgate.migrations (step) values (99)', [])
    await expect(migrate(database)).rejects.toThrow('newer version')
    await database.query('delete from prodgate.migrations where step = 99', [])
  })

  describe('deliveries', () => {
    test('the same one twice is known, also at the same moment', async () => {
      const outcomes = await Promise.all([1, 2, 3].map(() => store.deliveries.receive(delivery('twice'))))
      expect(outcomes.sort()).toEqual(['known', 'known', 'new'])
      expect(await store.deliveries.receive(delivery('twice'))).toBe('known')
    })

    test('a payload comes back as it came, the character 0 included', async () => {
      await store.deliveries.receive(delivery('whole'))
      expect(await store.deliveries.get('whole')).toEqual(delivery('whole'))
      expect(await store.deliveries.get('nobody')).toBeUndefined()
    })

    test('it and its job are kept together or not at all', async () => {
      const broken = await openStore(database, { sendWithin: () => Promise.reject(new Error('no queue')) })
      await expect(broken.deliveries.receive(delivery('lost'))).rejects.toThrow('no queue')
      expect(await store.deliveries.get('lost')).toBeUndefined()
      expect(await store.deliveries.receive(delivery('lost'))).toBe('new')
    })

    test('what was not handled is found again', async () => {
      await store.deliveries.receive(delivery('handled'))
      await store.deliveries.receive(delivery('open'))
      await store.deliveries.handled('handled')
      const long = new Date(0)
      const soon = new Date('2026-11-21T10:00:01Z')
      const found = await store.deliveries.unhandled(long, soon)
      expect(found).toContainEqual({ guid: 'open', receivedAt: received })
      expect(found.map(({ guid }) => guid)).not.toContain('handled')
      expect(await store.deliveries.unhandled(long, received)).toEqual([])
      expect(await store.deliveries.unhandled(soon, new Date('2026-11-22T10:00:00Z'))).toEqual([])
      expect(await store.deliveries.known(['open', 'nobody', 'handled'])).toEqual(new Set(['open', 'handled']))
    })

    test('a thousand at once', async () => {
      const guids = Array.from({ length: 1000 }, (_, index) => `many-${index}`)
      const outcomes = await Promise.all(guids.map((guid) => store.deliveries.receive(delivery(guid))))
      expect(new Set(outcomes)).toEqual(new Set(['new']))
    })
  })

  describe('gates', () => {
    const key = (run: number): GateKey => ({
      repository: 7,
      run,
      attempt: 1,
      environment: 'production',
      sha: 'a'.repeat(40),
    })
    const opened = async (run: number) => (await store.gates.open(key(run), ref, received)).gate

    test('one request is one gate; another attempt is another', async () => {
      const both = await Promise.all([store.gates.open(key(1), ref, received), store.gates.open(key(1), ref, received)])
      expect(both.filter(({ fresh }) => fresh)).toHaveLength(1)
      expect(both[0]?.gate.id).toBe(both[1]?.gate.id)
      expect((await store.gates.open({ ...key(1), attempt: 2 }, ref, received)).fresh).toBe(true)
      expect(both[0]?.gate).toMatchObject({
        ...key(1),
        ref,
        requestedAt: received,
        state: 'deciding',
        answer: null,
        reports: 0,
      })
    })

    test('of two answers the first one stands', async () => {
      const { id } = await opened(2)
      const first = { state: 'rejected', comment: 'two rules fail' } as const
      expect(await store.gates.settle(id, first)).toEqual(first)
      expect(await store.gates.settle(id, { state: 'approved', comment: 'go' })).toEqual(first)
      expect(await store.gates.get(id)).toMatchObject({ state: 'answering', answer: first })
      await store.gates.answered(id)
      expect(await store.gates.settle(id, { state: 'approved', comment: 'go' })).toEqual(first)
      expect(await store.gates.get(id)).toMatchObject({ state: 'answered', answer: first })
    })

    test('many answers at once: one stands for all', async () => {
      const { id } = await opened(3)
      const states = ['approved', 'rejected'] as const
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          store.gates.settle(id, { state: states[index % 2] ?? 'rejected', comment: `${index}` }),
        ),
      )
      expect(new Set(answers.map(({ comment }) => comment)).size).toBe(1)
    })

    test('one tells the answer, until his time is over or he gives it back, and nobody once GitHub knows', async () => {
      const { id } = await opened(7)
      const [now, until] = [new Date('2026-11-21T10:00:00Z'), new Date('2026-11-21T10:00:15Z')]
      expect(await store.gates.tell(id, now, until)).toBe(false)
      await store.gates.settle(id, { state: 'approved', comment: 'Go.' })
      const taken = await Promise.all(Array.from({ length: 10 }, () => store.gates.tell(id, now, until)))
      expect(taken.filter(Boolean)).toHaveLength(1)
      await store.gates.untold(id)
      expect(await store.gates.tell(id, now, until)).toBe(true)
      expect(await store.gates.tell(id, until, new Date('2026-11-21T10:00:30Z'))).toBe(true)
      await store.gates.answered(id)
      expect(await store.gates.tell(id, new Date('2026-11-22T10:00:00Z'), until)).toBe(false)
    })

    test('reports: not the same twice, not more than there are, none after the answer', async () => {
      const { id } = await opened(4)
      expect(await store.gates.takeReport(id, 'waits', 2)).toBe(true)
      expect(await store.gates.takeReport(id, 'waits', 2)).toBe(false)
      expect(await store.gates.takeReport(id, 'waits still', 2)).toBe(true)
      expect(await store.gates.takeReport(id, 'and still', 2)).toBe(false)
      const other = await opened(5)
      await store.gates.settle(other.id, { state: 'rejected', comment: 'no' })
      expect(await store.gates.takeReport(other.id, 'waits', 2)).toBe(false)
    })

    test('a held gate knows until when, and is among the unanswered until it is answered', async () => {
      const { id } = await opened(6)
      const until = { deadline: new Date('2026-11-22T10:00:00Z'), wake: new Date('2026-11-21T12:00:00Z') }
      await store.gates.hold(id, until)
      expect(await store.gates.get(id)).toMatchObject(until)
      const ids = async (of?: { repository: number; sha?: string }) =>
        (await store.gates.unanswered(of)).map((gate) => gate.id)
      expect(await ids()).toContain(id)
      expect(await ids({ repository: 7 })).toContain(id)
      expect(await ids({ repository: 7, sha: 'a'.repeat(40) })).toContain(id)
      expect(await ids({ repository: 7, sha: 'b'.repeat(40) })).not.toContain(id)
      expect(await ids({ repository: 8 })).toEqual([])
      await store.gates.settle(id, { state: 'approved', comment: 'go' })
      expect(await ids()).toContain(id)
      await store.gates.answered(id)
      expect(await ids()).not.toContain(id)
    })
  })

  test('memory: what is claimed first stays, what is put last counts', async () => {
    const { memory } = store
    expect(await memory.get('check', 'a')).toBeUndefined()
    const claims = await Promise.all([1, 2, 3].map((id) => memory.claim('check', 'a', { id })))
    expect(new Set(claims.map((claim) => JSON.stringify(claim))).size).toBe(1)
    await memory.put('check', 'a', [4])
    expect(await memory.get('check', 'a')).toEqual([4])
    expect(await memory.get('comment', 'a')).toBeUndefined()
    await memory.forget('check', 'a')
    expect(await memory.get('check', 'a')).toBeUndefined()
  })

  test('memory: what is added to a list is there once, whoever else adds', async () => {
    await Promise.all([1, 2, 2, 3].map((item) => store.memory.add('commit-pulls', 'c', item)))
    const list = (await store.memory.get('commit-pulls', 'c')) as number[]
    expect(list.toSorted((a, b) => a - b)).toEqual([1, 2, 3])
  })

  test('a person signs a role off once for a commit', async () => {
    const signOff = {
      repository: 7,
      sha: 'a'.repeat(40),
      environment: 'production',
      role: 'security',
      login: 'ada',
      at: received,
    }
    await store.signOffs.add(signOff)
    await store.signOffs.add({ ...signOff, at: new Date() })
    expect(await store.signOffs.of(7, 'a'.repeat(40), 'production')).toEqual([signOff])
    expect(await store.signOffs.of(7, 'a'.repeat(40), 'staging')).toEqual([])
  })

  test('pruning keeps what is of use', async () => {
    await store.deliveries.receive(delivery('old'))
    await store.deliveries.handled('old')
    await store.memory.put('verdict', 'v', {})
    await store.memory.put('check', 'c', {})
    const days = (count: number): Date => new Date(Math.max(Date.now(), received.getTime()) + count * 86_400_000)
    await store.prune(new Date('2026-11-28T10:00:00Z'))
    expect(await store.deliveries.get('old')).toBeDefined()
    await store.prune(days(3))
    expect(await store.memory.get('verdict', 'v')).toBeUndefined()
    expect(await store.memory.get('check', 'c')).toEqual({})
    await store.deliveries.receive({ ...delivery('young and open'), receivedAt: days(9) })
    await store.prune(days(9))
    expect(await store.deliveries.get('old')).toBeUndefined()
    expect(await store.deliveries.get('young and open')).toBeDefined()
    await store.prune(days(61))
    expect(await store.memory.get('check', 'c')).toBeUndefined()
  })

  test('jobs: done once, tried again, one waiting for a key, dead in the end', async () => {
    const seen: string[] = []
    const handlers: JobHandlers = {
      delivery: ({ guid }) => Promise.resolve(void seen.push(guid)),
      judge: ({ sha }, { attempt }) => {
        seen.push(`${sha} ${attempt}`)
        return attempt === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve()
      },
      gate: () => Promise.resolve(),
      reconcile: () => Promise.resolve(),
      pulls: () => Promise.resolve(),
    }
    const job = { repository: 7, installation: 3, owner: 'acme', name: 'till', why: 'new' as const }
    await queue.send('judge', { ...job, sha: 'one' }, { key: 'one' })
    await queue.send('judge', { ...job, sha: 'one' }, { key: 'one' })
    const later = new Date(Date.now() + 3_600_000)
    await queue.send('gate', { id: 'later' }, { startAfter: later })
    await queue.send('gate', { id: 'another' }, { startAfter: later })
    const [put] = await database.query(
      `select count(*)::int as jobs from prodgate_jobs.job where name = 'gate' and state = 'created'`,
      [],
    )
    expect(put, 'jobs without a key are all kept').toEqual({ jobs: 2 })
    expect((await queue.depth()).find(({ name }) => name === 'judge')).toMatchObject({ waiting: 1, active: 0, dead: 0 })
    expect((await queue.depth()).find(({ name }) => name === 'gate')).toMatchObject({ waiting: 0, oldestSeconds: 0 })
    await queue.work(handlers)
    await expect.poll(() => seen, { timeout: 60_000 }).toContain('one 2')
    await pause(100)
    expect(seen.filter((line) => line.startsWith('one'))).toEqual(['one 1', 'one 2'])
    // Everything that was received above has its job, in the same transaction.
    await expect
      .poll(() => new Set(seen.filter((line) => line.startsWith('many-'))).size, { timeout: 60_000 })
      .toBe(1000)
    await expect
      .poll(async () => (await queue.depth()).find(({ name }) => name === 'delivery')?.waiting, { timeout: 60_000 })
      .toBe(0)
  })
})
