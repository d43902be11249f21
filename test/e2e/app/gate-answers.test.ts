import { describe, expect, test } from 'vitest'
import { runsAsRoot } from './sources.ts'
import { until } from './stage.ts'
import { useStage } from './use-stage.ts'

const { shared, open } = useStage()
const patience = 60_000
const answer = 'POST *deployment_protection_rule'
const taken = (state: 'approved' | 'rejected') => ({ state, status: 204 })

describe('the process is killed', () => {
  test('after it acknowledged the request: the next one answers it, once', async () => {
    const stage = await open()
    const shop = stage.shop()
    await stage.quiet()
    stage.github.faults.add({ kind: 'hang', times: 100 })
    const asked = shop.deploy({ environment: 'production' })
    await stage.github.settled()
    const delivered = stage.github.deliveries.log.findLast(({ event }) => event === 'deployment_protection_rule')
    expect(delivered).toMatchObject({ status: 'OK' })
    await stage.process.kill()
    stage.github.faults.clear()
    await stage.process.start()
    expect(await asked.answered(patience)).toBe('approved')
    await stage.quiet()
    expect(stage.answers(asked.run.id)).toEqual([taken('approved')])
  })

  test('between the durable row and the answer: the next one answers it, once', async () => {
    const stage = await open()
    const shop = stage.shop({ Dockerfile: runsAsRoot })
    stage.github.faults.add({ kind: 'hang', route: answer })
    const asked = shop.deploy({ environment: 'production' })
    await until('the answer is on its way', () => stage.github.faults.struck['hang'] === 1)
    await stage.process.kill()
    expect(asked.state).toBe('waiting')
    await stage.process.start()
    expect(await asked.answered(patience)).toBe('rejected')
    await stage.quiet()
    expect(stage.answers(asked.run.id)).toEqual([taken('rejected')])
  })

  test('after GitHub took the answer and before it knew: the next one gives the same answer again, and takes the refusal', async () => {
    const stage = await open()
    const shop = stage.shop()
    stage.github.faults.add({ kind: 'hang', route: answer, carriedOut: true })
    const asked = shop.deploy({ environment: 'production' })
    expect(await asked.answered(patience)).toBe('approved')
    await stage.process.kill()
    await stage.process.start()
    await until('the answer is given again', () => stage.answers(asked.run.id).length === 2)
    await stage.quiet()
    expect(stage.answers(asked.run.id)).toEqual([taken('approved'), { state: 'approved', status: 422 }])
    // It is settled now: nobody asks again.
    await stage.process.kill()
    await stage.process.start()
    await stage.quiet()
    expect(stage.answers(asked.run.id)).toHaveLength(2)
  })
})

describe('GitHub does not take the answer at once', () => {
  test('403 with `retry-after`: it waits as long as it was told, and gives it once', async () => {
    const stage = await shared()
    const shop = stage.shop()
    await stage.quiet()
    stage.github.faults.add({ kind: 'secondary-limit', route: answer, retryAfter: 2 })
    const begun = Date.now()
    const asked = shop.deploy({ environment: 'production' })
    expect(await asked.answered(patience)).toBe('approved')
    expect(Date.now() - begun).toBeGreaterThanOrEqual(2000)
    await stage.quiet()
    expect(stage.answers(asked.run.id)).toEqual([taken('approved')])
  })

  test('422 because it has one already: nothing is given again', async () => {
    const stage = await shared()
    const shop = stage.shop()
    await stage.quiet()
    const before = stage.github.faults.struck['invalid'] ?? 0
    stage.github.faults.add({ kind: 'invalid', route: answer, carriedOut: true })
    const asked = shop.deploy({ environment: 'production' })
    expect(await asked.answered(patience)).toBe('approved')
    await stage.quiet()
    expect(stage.github.faults.struck['invalid']).toBe(before + 1)
    expect(stage.answers(asked.run.id)).toEqual([taken('approved')])
  })

  test('422 though it has none: the request is not taken for answered', async () => {
    const stage = await shared()
    const shop = stage.shop()
    stage.github.faults.add({ kind: 'invalid', route: answer })
    const asked = shop.deploy({ environment: 'production' })
    expect(await asked.answered(patience)).toBe('approved')
  })

  test.each(['bad-gateway', 'drop'] as const)('%s: the answer was taken and is not lost', async (kind) => {
    const stage = await shared()
    const asked = ((shop) => {
      stage.github.faults.add({ kind, route: answer, carriedOut: true })
      return shop.deploy({ environment: 'production' })
    })(stage.shop({ Dockerfile: runsAsRoot }))
    expect(await asked.answered(patience)).toBe('rejected')
    await stage.quiet()
    expect(stage.answers(asked.run.id)[0]).toEqual(taken('rejected'))
    expect(
      stage
        .answers(asked.run.id)
        .slice(1)
        .every(({ state, status }) => state === 'rejected' && status === 422),
    ).toBe(true)
  })

  test('its token has run out: it takes another one', async () => {
    const stage = await shared()
    const shop = stage.shop()
    stage.github.faults.add({ kind: 'expired-token', route: answer })
    expect(await shop.deploy({ environment: 'production' }).answered(patience)).toBe('approved')
  })
})

describe('judging fails', () => {
  test('because GitHub does not give the files: nothing is approved meanwhile, and the answer comes when it does', async () => {
    const stage = await shared()
    const shop = stage.shop()
    await stage.quiet()
    stage.github.faults.add({ kind: 'bad-gateway', route: 'GET *', probability: 1 })
    const asked = shop.deploy({ environment: 'production' })
    await until('it was tried', () => (stage.github.faults.struck['bad-gateway'] ?? 0) > 3)
    expect(asked.state).toBe('waiting')
    stage.github.faults.clear()
    expect(await asked.answered(patience)).toBe('approved')
  })
})

describe('the comment of the answer', () => {
  test('of 1,025 characters and more, of several bytes each, is cut and taken', async () => {
    const stage = await shared()
    const ward = '診療所🏥'.repeat(12)
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`${ward}/${n}/Dockerfile`, runsAsRoot]))
    const shop = stage.shop(files)
    const asked = shop.deploy({ environment: 'production' })
    expect(await asked.answered(patience)).toBe('rejected')
    // Half a character would not survive this.
    expect(Buffer.from(asked.comment).toString()).toBe(asked.comment)
    expect(Array.from(asked.comment).length).toBeLessThanOrEqual(1024)
    expect(Array.from(asked.comment).length).toBeGreaterThan(300)
    expect(asked.comment).toContain('診療所')
    expect(stage.answers(asked.run.id)).toEqual([taken('rejected')])
  })

  test('does not let the repository speak to people', async () => {
    const stage = await shared()
    const shop = stage.shop({ '@clinic/everybody <img src=x>/Dockerfile': runsAsRoot })
    const asked = shop.deploy({ environment: 'production' })
    expect(await asked.answered(patience)).toBe('rejected')
    expect(asked.comment).not.toMatch(/(?:^|[^\w`])@clinic\/everybody/)
    expect(asked.comment).not.toContain('<img')
  })
})
