import { expect, test } from 'vitest'
import type { Answer } from '../../../src/ports/answer.ts'
import { appMetrics } from '../../../src/hosts/app/metrics.ts'
import { eventNeeds, permissionNeeds } from '../../../src/hosts/app/needs.ts'
import { gapsOf, selfTest, type Grant } from '../../../src/hosts/app/self-test.ts'

const whole = (account: string): Grant => ({
  account,
  permissions: Object.fromEntries(permissionNeeds.map(({ name, access }) => [name, access])),
  events: eventNeeds.map(({ name }) => name),
})
const without = (name: string): Grant => {
  const { [name]: _taken, ...permissions } = whole('shop').permissions
  return { ...whole('shop'), permissions }
}

test('an installation with everything lacks nothing, and more than that is no less', () => {
  expect(
    gapsOf([whole('shop'), { ...whole('clinic'), permissions: { ...whole('clinic').permissions, contents: 'admin' } }]),
  ).toEqual([])
})

test.each(permissionNeeds)('a missing permission is named with what it turns off: $name', (need) => {
  expect(gapsOf([without(need.name)])).toEqual([
    { account: 'shop', kind: 'permission', missing: `${need.name}: ${need.access}`, turnsOff: need.turnsOff },
  ])
})

test.each(eventNeeds)('a missing event is named with what it turns off: $name', (need) => {
  const grant = { ...whole('shop'), events: whole('shop').events.filter((name) => name !== need.name) }
  expect(gapsOf([grant])).toEqual([{ account: 'shop', kind: 'event', missing: need.name, turnsOff: need.turnsOff }])
})

test.each(['read', 'none', '', 'everything'])('%j is not the right to write', (access) => {
  const grant = { ...whole('shop'), permissions: { ...whole('shop').permissions, checks: access } }
  expect(gapsOf([grant]).map(({ missing }) => missing)).toEqual(['checks: write'])
})

const run = async (
  answer: Answer<readonly { account: string; permissions: Record<string, string>; events: readonly string[] }[]>,
) => {
  const lines: [string, Record<string, unknown>, string][] = []
  const log = {
    info: (fields: Record<string, unknown>, message: string) => void lines.push(['info', fields, message]),
    warn: (fields: Record<string, unknown>, message: string) => void lines.push(['warn', fields, message]),
    error: (fields: Record<string, unknown>, message: string) => void lines.push(['error', fields, message]),
  }
  const metrics = appMetrics({ depth: () => Promise.resolve([]) })
  const gaps = await selfTest({ grants: () => Promise.resolve(answer) }, log, metrics)
  const gauges = (await metrics.text()).split('\n').filter((line) => line.startsWith('prodgate_missing_grants{'))
  return { gaps, lines, gauges }
}

test('each gap is a warning, and the metric counts them', async () => {
  const { gaps, lines, gauges } = await run({
    ok: true,
    value: [{ ...without('checks'), events: [] }, whole('clinic')].map((grant) => ({
      ...grant,
      permissions: { ...grant.permissions },
    })),
  })
  expect(gaps).toHaveLength(1 + eventNeeds.length)
  expect(lines.filter(([level]) => level === 'warn').map(([, fields]) => fields)).toEqual(gaps)
  expect(lines.at(-1)).toEqual(['info', { installations: 2, missing: 1 + eventNeeds.length }, 'the self-test is done'])
  expect(gauges).toEqual([
    'prodgate_missing_grants{kind="permission"} 1',
    `prodgate_missing_grants{kind="event"} ${eventNeeds.length}`,
  ])
})

test('what the forge did not say is not taken for everything being there', async () => {
  const { gaps, lines, gauges } = await run({ ok: false, problem: { kind: 'unreachable', message: 'no answer' } })
  expect(gaps).toBeUndefined()
  expect(lines.map(([level]) => level)).toEqual(['warn'])
  expect(gauges).toEqual([])
})
