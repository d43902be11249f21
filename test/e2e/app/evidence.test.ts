import { describe, expect, test } from 'vitest'
import { law, lawPath, oneRule, runsAsNode, testsFail, testsLaw, testsPass } from './sources.ts'
import { until } from './stage.ts'
import { useStage } from './use-stage.ts'

const { shared } = useStage()
const patience = 60_000
const check = 'prodgate / production'

/** The low bound of the score that a check run's title gives. */
const lowest = (title: string | null | undefined): number => {
  const found = /score (\d+)/.exec(title ?? '')?.[1]
  if (found === undefined) throw new Error(`there is no score in ${title}`)
  return Number(found)
}

describe('a request waits for tests that still run', () => {
  test('and is approved when they have passed', async () => {
    const stage = await shared()
    const shop = stage.shop({ [lawPath]: testsLaw() })
    const running = shop.run({ name: 'test', status: 'in_progress' })
    const asked = shop.deploy({ environment: 'production' })
    await until('it says what it waits for', () => asked.reports.length > 0)
    expect(asked.reports[0]).toMatch(/test/i)
    expect(asked.state).toBe('waiting')
    shop.artifact(running, 'junit', testsPass)
    shop.finish(running)
    expect(await asked.answered(patience)).toBe('approved')
    expect(asked.reports.length).toBeLessThanOrEqual(2)
  })

  test('and is rejected when they have failed', async () => {
    const stage = await shared()
    const shop = stage.shop({ [lawPath]: testsLaw() })
    const running = shop.run({ name: 'test', status: 'in_progress' })
    const asked = shop.deploy({ environment: 'production' })
    await until('it says what it waits for', () => asked.reports.length > 0)
    shop.artifact(running, 'junit', testsFail)
    shop.finish(running, 'failure')
    expect(await asked.answered(patience)).toBe('rejected')
    expect(asked.comment).toMatch(/opens|tests\/all-pass|No test fails/)
  })

  test('and is rejected when they have ended and left nothing', async () => {
    const stage = await shared()
    const shop = stage.shop({ [lawPath]: testsLaw() })
    const running = shop.run({ name: 'test', status: 'in_progress' })
    const asked = shop.deploy({ environment: 'production' })
    await until('it says what it waits for', () => asked.reports.length > 0)
    shop.finish(running)
    expect(await asked.answered(patience)).toBe('rejected')
  })

  test('and the law of the default branch changes meanwhile: the new one decides', async () => {
    const stage = await shared()
    const shop = stage.shop({ [lawPath]: testsLaw() })
    const sha = shop.head
    shop.run({ name: 'test', status: 'in_progress' })
    const asked = shop.deploy({ environment: 'production', sha })
    await until('it says what it waits for', () => asked.reports.length > 0)
    shop.commit({ [lawPath]: law() })
    expect(await asked.answered(patience)).toBe('approved')
  })
})

describe('evidence', () => {
  test('that nobody has is not waited for: the request is rejected, and told what is missing', async () => {
    const stage = await shared()
    const asked = stage.shop({ [lawPath]: testsLaw() }).deploy({ environment: 'production' })
    expect(await asked.answered(patience)).toBe('rejected')
    expect(asked.comment).toMatch(/test/i)
  })

  test('of another commit does not count', async () => {
    const stage = await shared()
    const shop = stage.shop({ [lawPath]: testsLaw() })
    shop.run({ name: 'test', artifacts: { junit: testsPass } })
    const sha = shop.commit({ 'README.md': 'A shop' })
    expect(await shop.deploy({ environment: 'production', sha }).answered(patience)).toBe('rejected')
  })

  test('of a workflow that the policy does not name does not count', async () => {
    const stage = await shared()
    const named = testsLaw('', 'evidence: { workflows: [".github/workflows/test.yml"] }\n')
    const shop = stage.shop({ [lawPath]: named })
    shop.run({ name: 'whatever', artifacts: { junit: testsPass } })
    expect(await shop.deploy({ environment: 'production' }).answered(patience)).toBe('rejected')
    shop.run({ name: 'test', artifacts: { junit: testsPass } })
    expect(await shop.deploy({ environment: 'production' }).answered(patience)).toBe('approved')
  })

  test('that comes after the check turns it green', async () => {
    const stage = await shared()
    const shop = stage.shop({ [lawPath]: testsLaw() })
    const pull = shop.pullRequest({ files: { 'README.md': 'A shop' } })
    await until('the check is completed', () => shop.checks(pull.sha).get(check)?.status === 'completed')
    expect(shop.checks(pull.sha).get(check)?.conclusion).toBe('failure')
    shop.run({
      name: 'test',
      event: 'pull_request',
      sha: pull.sha,
      branch: 'checkout',
      artifacts: { junit: testsPass },
    })
    await until('the check is green', () => shop.checks(pull.sha).get(check)?.conclusion === 'success')
    expect(shop.checks(pull.sha).size).toBe(1)
    expect(pull.comments).toHaveLength(1)
  })

  test('that is a bomb, or no archive at all, is refused and judged as if it were not there', async () => {
    const stage = await shared()
    const shop = stage.shop({ [lawPath]: testsLaw() })
    const run = shop.run({ name: 'test', status: 'in_progress' })
    shop.artifact(run, 'junit', Buffer.from('no archive'))
    shop.artifact(run, 'bomb', { 'reports/junit.xml': ' '.repeat(120_000_000) })
    shop.finish(run)
    expect(await shop.deploy({ environment: 'production' }).answered(patience)).toBe('rejected')
    expect(stage.process.running).toBe(true)
  })

  test('that is absent altogether does not let the score rise', async () => {
    const stage = await shared()
    const both = law().replace(
      `{ ${oneRule}: critical }`,
      `{ ${oneRule}: critical, tests/all-pass: critical, tests/not-empty: medium }`,
    )
    const shop = stage.shop({ [lawPath]: both, Dockerfile: runsAsNode })
    const titleOf = (sha: string) => shop.checks(sha).get(check)?.output.title
    const judged = (sha: string): boolean => shop.checks(sha).get(check)?.status === 'completed'
    const without = shop.commit({ 'README.md': 'A shop' })
    await until('it is judged without evidence', () => judged(without))
    await stage.quiet()
    const absent = lowest(titleOf(without))
    shop.run({ name: 'test', sha: without, artifacts: { junit: testsPass } })
    await until('it is judged again', () => lowest(titleOf(without)) !== absent)
    const present = lowest(titleOf(without))
    expect(absent).toBeLessThan(present)
    expect(await shop.deploy({ environment: 'production', sha: without }).answered(patience)).toBe('approved')
  })
})
