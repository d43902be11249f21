import { describe, expect, test } from 'vitest'
import { law, lawPath, laxLaw, oneRule, runsAsNode, runsAsRoot } from './sources.ts'
import { useStage } from './use-stage.ts'

const { shared } = useStage()
const patience = 60_000

describe('a deployment', () => {
  test('of a commit that may go is approved', async () => {
    const stage = await shared()
    const asked = stage.shop().deploy({ environment: 'production' })
    expect(await asked.answered(patience)).toBe('approved')
    expect(asked.run.status).toBe('in_progress')
  })

  test('of a commit that may not go is rejected, with what has to be done', async () => {
    const stage = await shared()
    const asked = stage.shop({ Dockerfile: runsAsRoot }).deploy({ environment: 'production' })
    expect(await asked.answered(patience)).toBe('rejected')
    expect(asked.comment).toContain('Dockerfile')
    expect(asked.comment).toMatch(/USER|root/)
  })

  test('is judged at its own commit, whatever the branch holds by now', async () => {
    const stage = await shared()
    const shop = stage.shop()
    const good = shop.head
    shop.commit({ Dockerfile: runsAsRoot })
    const before = shop.deploy({ environment: 'production', sha: good })
    const after = shop.deploy({ environment: 'production' })
    expect([await before.answered(patience), await after.answered(patience)]).toEqual(['approved', 'rejected'])
  })
})

describe('the request comes as it may', () => {
  test('with `deployment: null`', async () => {
    const stage = await shared()
    const asked = stage.shop().deploy({ environment: 'production', withoutDeployment: true })
    expect(await asked.answered(patience)).toBe('approved')
  })

  test('with `deployment: null` for a commit that may not go', async () => {
    const stage = await shared()
    const shop = stage.shop({ Dockerfile: runsAsRoot })
    expect(await shop.deploy({ environment: 'production', withoutDeployment: true }).answered(patience)).toBe(
      'rejected',
    )
  })

  test('without `sha`: the deployment names it', async () => {
    const stage = await shared()
    const shop = stage.shop()
    const bad = shop.commit({ Dockerfile: runsAsRoot }, { branch: 'checkout', silent: true })
    const asked = shop.deploy({ environment: 'production', sha: bad, withoutSha: true })
    expect(await asked.answered(patience)).toBe('rejected')
    expect(await shop.deploy({ environment: 'production', withoutSha: true }).answered(patience)).toBe('approved')
  })

  test('without `sha` and without a deployment: the run names it', async () => {
    const stage = await shared()
    const shop = stage.shop()
    const bad = shop.commit({ Dockerfile: runsAsRoot }, { branch: 'checkout', silent: true })
    const how = { environment: 'production', withoutSha: true, withoutDeployment: true }
    expect(await shop.deploy({ ...how, sha: bad }).answered(patience)).toBe('rejected')
    expect(await shop.deploy(how).answered(patience)).toBe('approved')
  })

  test('twice, in two deliveries: it is answered once', async () => {
    const stage = await shared()
    const asked = stage.shop().deploy({ environment: 'production', twice: true })
    await asked.answered(patience)
    await stage.quiet()
    expect(stage.answers(asked.run.id)).toEqual([{ state: 'approved', status: 204 }])
  })

  test('twice with one GUID, and again after the answer: it is answered once', async () => {
    const stage = await shared()
    const shop = stage.shop({ Dockerfile: runsAsRoot })
    stage.github.deliveries.faults.push({ event: 'deployment_protection_rule', kind: 'twice' })
    const asked = shop.deploy({ environment: 'production' })
    await asked.answered(patience)
    asked.askAgain()
    await stage.quiet()
    expect(stage.answers(asked.run.id)).toEqual([{ state: 'rejected', status: 204 }])
  })

  test('once more for a run that was started again: that is a new question', async () => {
    const stage = await shared()
    const shop = stage.shop({ Dockerfile: runsAsRoot })
    const first = shop.deploy({ environment: 'production' })
    expect(await first.answered(patience)).toBe('rejected')
    shop.commit({ [lawPath]: laxLaw })
    const second = first.rerun()
    expect(await second.answered(patience)).toBe('approved')
  })
})

describe('an environment', () => {
  test('that nobody knows is never approved, and the answer names those that are known', async () => {
    const stage = await shared()
    const asked = stage.shop().deploy({ environment: 'moonbase' })
    expect(await asked.answered(patience)).toBe('rejected')
    expect(asked.comment).toContain('moonbase')
    expect(asked.comment).toContain('production')
  })

  test('may have further names', async () => {
    const stage = await shared()
    const shop = stage.shop({ [lawPath]: law('names: [prod-*]') })
    expect(await shop.deploy({ environment: 'prod-eu' }).answered(patience)).toBe('approved')
    expect(await shop.deploy({ environment: 'pro' }).answered(patience)).toBe('rejected')
  })

  test('that is only observed is approved, and the answer says what it would have been', async () => {
    const stage = await shared()
    const asked = stage
      .shop({ [lawPath]: law('mode: observe'), Dockerfile: runsAsRoot })
      .deploy({ environment: 'production' })
    expect(await asked.answered(patience)).toBe('approved')
    expect(asked.comment).toMatch(/observe/i)
    expect(asked.comment).toMatch(/would have been rejected/)
  })
})

describe('the law', () => {
  test('is missing: the recommended one decides, and the answer says so', async () => {
    const stage = await shared()
    const { shop } = stage.organization({ Dockerfile: runsAsRoot })
    shop.commit({ [lawPath]: null }, { silent: true })
    const asked = shop.deploy({ environment: 'production' })
    expect(await asked.answered(patience)).toBe('rejected')
    expect(asked.comment).toMatch(/\.github\/prodgate\.yml|no policy|recommended/i)
  })

  test('is missing, and the environment is unknown to the recommended one too: rejected', async () => {
    const stage = await shared()
    const { shop } = stage.organization()
    shop.commit({ [lawPath]: null }, { silent: true })
    expect(await shop.deploy({ environment: 'moonbase' }).answered(patience)).toBe('rejected')
  })

  test("is the organisation's where the repository has none", async () => {
    const stage = await shared()
    const { shop, login } = stage.organization({ Dockerfile: runsAsNode })
    shop.commit({ [lawPath]: null }, { silent: true })
    stage.github.repository(`${login}/.github`).commit({ [lawPath]: law() }, { silent: true })
    expect(await shop.deploy({ environment: 'production' }).answered(patience)).toBe('approved')
    const bad = shop.commit({ Dockerfile: runsAsRoot }, { silent: true })
    const asked = shop.deploy({ environment: 'production', sha: bad })
    expect(await asked.answered(patience)).toBe('rejected')
    expect(asked.comment).toContain('Dockerfile')
  })

  test('has a mistake: rejected with its place, and no default steps in', async () => {
    const stage = await shared()
    const asked = stage.shop({ [lawPath]: 'version: 1\nblockng: high\n' }).deploy({ environment: 'production' })
    expect(await asked.answered(patience)).toBe('rejected')
    expect(asked.comment).toContain('.github/prodgate.yml')
  })

  test('is of the default branch: a branch cannot bring its own', async () => {
    const stage = await shared()
    const shop = stage.shop()
    const lax = { [lawPath]: law('mode: observe'), Dockerfile: runsAsRoot }
    const sha = shop.commit(lax, { branch: 'checkout', silent: true })
    expect(await shop.deploy({ environment: 'production', sha, branch: 'checkout' }).answered(patience)).toBe(
      'rejected',
    )
  })

  test('knows waivers: approved, and the answer says that it rests on them', async () => {
    const stage = await shared()
    const waiver = `waivers: [{ rule: ${oneRule}, reason: replaced in spring, owner: "@clinic/platform", expires: 2199-01-01 }]\n`
    const asked = stage
      .shop({ [lawPath]: law('', waiver), Dockerfile: runsAsRoot })
      .deploy({ environment: 'production' })
    expect(await asked.answered(patience)).toBe('approved')
    expect(asked.comment).toMatch(/waive/i)
  })
})
