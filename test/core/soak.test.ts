import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { soakState, type SoakProof } from '../../src/core/soak.ts'
import { staysOf, type Deployed, type DeployedStatus, type Stay } from '../../src/core/stays.ts'

const day = (hour: string): string => `2026-11-${hour}:00:00Z`
let last = 0
const said = (state: string, at: string, id = ++last): DeployedStatus => ({ id, state, at: day(at) })
const deployed = (id: number, ...statuses: DeployedStatus[]): Deployed => ({ id, statuses })
const stay = (from: string, to?: string, ended?: Stay['ended'], failed?: string): Stay => ({
  from: day(from),
  ...(to === undefined ? {} : { to: day(to) }),
  ...(ended === undefined ? {} : { ended }),
  ...(failed === undefined ? {} : { failed: day(failed) }),
})

describe('a commit runs in an environment', () => {
  test.each<[string, Deployed[], DeployedStatus[], Stay[]]>([
    ['not at all where it was not deployed', [], [], []],
    ['not yet while it is on its way', [deployed(1, said('queued', '18T08'), said('in_progress', '18T09'))], [], []],
    ['not where it failed', [deployed(1, said('in_progress', '18T08'), said('failure', '18T09'))], [], []],
    ['since it succeeded', [deployed(1, said('in_progress', '18T08'), said('success', '18T09'))], [], [stay('18T09')]],
    [
      'whatever the order in which it is told',
      [deployed(1, said('success', '18T09', 9), said('waiting', '18T07', 7))],
      [],
      [stay('18T09')],
    ],
    [
      'until it is inactive',
      [deployed(1, said('success', '18T09'), said('inactive', '19T09'))],
      [],
      [stay('18T09', '19T09', 'replaced')],
    ],
    [
      'until the deployment is moved to another environment',
      [deployed(1, said('success', '18T09'), said('elsewhere', '19T09'))],
      [],
      [stay('18T09', '19T09', 'replaced')],
    ],
    [
      'until its deployment begins anew',
      [deployed(1, said('success', '18T09'), said('in_progress', '19T09'), said('success', '19T10'))],
      [],
      [stay('18T09', '19T09', 'replaced'), stay('19T10')],
    ],
    [
      'until another commit succeeds, though nobody marked it inactive',
      [deployed(1, said('success', '18T09'))],
      [said('success', '19T09')],
      [stay('18T09', '19T09', 'replaced')],
    ],
    [
      'whatever was deployed before it',
      [deployed(1, said('success', '18T09'))],
      [said('success', '17T09')],
      [stay('18T09')],
    ],
    [
      'after another commit of the same second, if it came later',
      [deployed(1, said('success', '18T09', 2000))],
      [said('success', '18T09', 1999)],
      [stay('18T09')],
    ],
    [
      'before another commit of the same second, if it came earlier',
      [deployed(1, said('success', '18T09', 2000))],
      [said('success', '18T09', 2001)],
      [stay('18T09', '18T09', 'replaced')],
    ],
    [
      'on, when it is deployed again and the older deployment becomes inactive',
      [
        deployed(1, said('success', '18T09', 3000), said('inactive', '19T09', 3002)),
        deployed(2, said('success', '19T09', 3001)),
      ],
      [],
      [stay('18T09')],
    ],
    [
      'until deploying it again fails',
      [deployed(1, said('success', '18T09')), deployed(2, said('error', '19T09'))],
      [],
      [stay('18T09', '19T09', 'redeployed')],
    ],
    [
      'for nothing, when its deployment fails',
      [deployed(1, said('success', '18T09'), said('failure', '19T09'))],
      [],
      [stay('18T09', '19T09', undefined, '19T09')],
    ],
    [
      'for nothing, when its deployment is said to have failed after it was replaced',
      [deployed(1, said('success', '18T09'), said('inactive', '19T09'), said('error', '20T09'))],
      [],
      [stay('18T09', '19T09', 'replaced', '20T09')],
    ],
    [
      'again, when it comes back after another one',
      [deployed(1, said('success', '18T09')), deployed(2, said('success', '20T09'))],
      [said('success', '19T09')],
      [stay('18T09', '19T09', 'replaced'), stay('20T09')],
    ],
  ])('%s', (_, own, others, stays) => {
    expect(staysOf(own, others)).toEqual(stays)
  })
})

describe('whatever happened', () => {
  const instant = (hours: number): string => new Date(Date.UTC(2026, 10, 1) + hours * 3_600_000).toISOString()
  const event = fc.record({
    of: fc.integer({ min: 0, max: 3 }),
    state: fc.constantFrom('success', 'success', 'inactive', 'in_progress', 'failure'),
    hours: fc.integer({ min: 0, max: 40 }),
  })
  type Happened = { of: number; state: string; hours: number }
  /** Those of number 0 are of another commit. */
  const read = (events: readonly Happened[], skip: (one: Happened) => boolean = () => false) => {
    const all = events.map((one, id) => ({ ...one, id, at: instant(one.hours) })).filter((one) => !skip(one))
    const others = all.filter(({ of, state }) => of === 0 && state === 'success')
    return { own: [1, 2, 3].map((id) => deployed(id, ...all.filter(({ of }) => of === id))), others }
  }
  const hoursOf = (stays: readonly Stay[]): Set<number> =>
    new Set(
      Array.from({ length: 41 }, (_, hours) => hours).filter((hours) =>
        stays.some(({ from, to }) => from <= instant(hours) && (to === undefined || instant(hours) < to)),
      ),
    )

  test('the order in which it is told does not matter, and no two stays overlap', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        const { own, others } = read(events)
        const stays = staysOf(own, others)
        const backwards = own.map(({ id, statuses }) => deployed(id, ...statuses.toReversed())).reverse()
        expect(staysOf(backwards, others.toReversed())).toEqual(stays)
        const over = stays.map(({ to }) => to ?? 'still').slice(0, -1)
        expect(stays.slice(1).filter(({ from }, index) => (over[index] ?? '') > from)).toEqual([])
      }),
    )
  })

  test('neither another commit nor a failure ever makes the commit be there when it was not', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        const whole = read(events)
        const mild = read(events, ({ of, state }) => of === 0 || state === 'failure')
        const there = hoursOf(staysOf(mild.own, mild.others))
        for (const hours of hoursOf(staysOf(whole.own, whole.others))) expect(there).toContain(hours)
      }),
    )
  })
})

test('a soak of more years than there are is never met, and nothing breaks', () => {
  const soak = { environment: 'staging', for: '999999999999d' }
  expect(soakState(soak, { stays: [stay('18T09')] }, new Date('2026-11-20T09:00:00Z'))).toMatchObject({ met: false })
})

describe('a soak of two days', () => {
  const now = new Date('2026-11-20T09:00:00Z')
  const soak = { environment: 'staging', for: '48h' }
  const awaits = 'awaits 48h of the same commit in staging'

  test.each<[string, Stay[]]>([
    ['since exactly so long', [stay('18T09')]],
    ['longer', [stay('11T09')]],
    ['for so long, and was replaced after it', [stay('11T09', '13T09', 'replaced')]],
    ['for so long, and deploying it again failed after it', [stay('11T09', '13T09', 'redeployed')]],
    ['for so long, and is back since an hour', [stay('11T09', '14T09', 'replaced'), stay('20T08')]],
  ])('is met where the commit is there %s', (_, stays) => {
    expect(soakState(soak, { stays }, now)).toEqual({ met: true })
  })

  test.each<[string, SoakProof | undefined, string, string?]>([
    ['nobody looked', undefined, awaits],
    ['nobody knows', { unknown: 'forbidden' }, `${awaits}: whether it ran there is not known, forbidden`],
    ['it was never there', { stays: [] }, `${awaits}: it has not been deployed there`],
    [
      'it is there for a second less',
      { stays: [{ from: '2026-11-18T09:00:01Z' }] },
      `${awaits}: there since 2026-11-18 09:00 UTC, long enough 2026-11-20 09:00 UTC`,
      '2026-11-20T09:00:01.000Z',
    ],
    [
      'it was replaced too early',
      { stays: [stay('18T09', '20T08', 'replaced')] },
      `${awaits}: it was there since 2026-11-18 09:00 UTC, and it was replaced there too early, 2026-11-20 08:00 UTC`,
    ],
    [
      'it failed, however long it was there',
      { stays: [stay('11T09', '20T08', undefined, '20T08')] },
      `${awaits}: it was there since 2026-11-11 09:00 UTC, and its deployment there failed, 2026-11-20 08:00 UTC`,
    ],
    [
      'it is in two places, and was replaced in a third',
      { stays: [stay('19T21'), stay('19T09'), stay('19T10', '20T01', 'replaced')] },
      `${awaits}: there since 2026-11-19 09:00 UTC, long enough 2026-11-21 09:00 UTC`,
      '2026-11-21T09:00:00.000Z',
    ],
    [
      'two times together would be enough',
      { stays: [stay('16T09', '17T21', 'replaced'), stay('18T21')] },
      `${awaits}: there since 2026-11-18 21:00 UTC, long enough 2026-11-20 21:00 UTC`,
      '2026-11-20T21:00:00.000Z',
    ],
  ])('is not met where %s', (_, proof, message, at) => {
    expect(soakState(soak, proof, now)).toEqual({
      met: false,
      message,
      ...(at === undefined ? {} : { at: new Date(at) }),
    })
  })
})
