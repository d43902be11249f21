import { describe, expect, test } from 'vitest'
import { aheadBy, standingAt } from './clock.ts'
import { law, lawPath, oneRule, runsAsRoot, testsLaw } from './sources.ts'
import { until } from './stage.ts'
import { useStage } from './use-stage.ts'

const { prepare } = useStage()
const patience = 60_000
const hour = 3_600_000

describe('a waiver ends', () => {
  const expires = '2027-03-31T09:00:00Z'
  const end = Date.parse(expires)
  const waiver = `waivers: [{ rule: ${oneRule}, reason: replaced in spring, owner: "@clinic/platform", expires: "${expires}" }]\n`
  const files = { [lawPath]: law('', waiver), Dockerfile: runsAsRoot }

  test('one millisecond after the decision: it still holds', async () => {
    const stage = await prepare()
    stage.github.now = () => end - 1
    await stage.process.start(standingAt(end - 1))
    const asked = stage.shop(files).deploy({ environment: 'production' })
    expect(await asked.answered(patience)).toBe('approved')
    expect(asked.comment).toMatch(/waive/i)
  })

  test('at the instant of the decision: it holds no longer, though the verdict was kept while it did', async () => {
    const stage = await prepare()
    stage.github.now = () => end - 1
    await stage.process.start(standingAt(end - 1))
    const shop = stage.shop(files)
    const sha = shop.commit({ 'README.md': 'A shop' })
    expect(await shop.deploy({ environment: 'production', sha }).answered(patience)).toBe('approved')
    await stage.process.stop()
    stage.github.now = () => end
    await stage.process.start(standingAt(end))
    const asked = shop.deploy({ environment: 'production', sha })
    expect(await asked.answered(patience)).toBe('rejected')
    expect(asked.comment).toContain('Dockerfile')
  })
})

describe('a request waits', () => {
  test('until its deadline, and is then rejected with the reason', async () => {
    const stage = await prepare()
    await stage.process.start()
    const shop = stage.shop({ [lawPath]: testsLaw('deadline: 24h') })
    shop.run({ name: 'test', status: 'in_progress' })
    const asked = shop.deploy({ environment: 'production' })
    await until('it says what it waits for', () => asked.reports.length > 0)
    await stage.process.stop()

    stage.github.now = () => Date.now() + 23 * hour
    await stage.process.start(aheadBy(23 * hour))
    await stage.quiet()
    expect(asked.state).toBe('waiting')
    await stage.process.stop()

    stage.github.now = () => Date.now() + 25 * hour
    await stage.process.start(aheadBy(25 * hour))
    expect(await asked.answered(patience)).toBe('rejected')
    expect(asked.comment).toMatch(/24 ?h|deadline/i)
    await stage.quiet()
    expect(stage.answers(asked.run.id)).toEqual([{ state: 'rejected', status: 204 }])
  })

  test('until the deployment window opens', async () => {
    const stage = await prepare()
    const closed = Date.parse('2027-03-31T08:59:00Z')
    stage.github.now = () => closed
    await stage.process.start(standingAt(closed))
    const windows = 'windows: [{ days: mon-fri, hours: "09:00-16:00", time-zone: UTC }]'
    const asked = stage.shop({ [lawPath]: law(windows) }).deploy({ environment: 'production' })
    await until('it says what it waits for', () => asked.reports.length > 0)
    expect(asked.state).toBe('waiting')
    expect(asked.reports.join()).toMatch(/window|09:00/i)
    await stage.process.stop()

    const open = closed + 60_000
    stage.github.now = () => open
    await stage.process.start(standingAt(open))
    expect(await asked.answered(patience)).toBe('approved')
  })
})
