import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { checkAt, completed } from './checks.ts'
import { laxLaw, law, lawPath, runsAsRoot } from './sources.ts'
import { until } from './stage.ts'
import { useStage } from './use-stage.ts'

const { shared } = useStage()

describe('the law of a base branch changes', () => {
  test('the pull request to it is judged again, and its comment is edited in place', async () => {
    const stage = await shared()
    const shop = stage.shop()
    const pull = shop.pullRequest({ files: { 'jobs/Dockerfile': runsAsRoot } })
    expect((await completed(shop, pull.sha)).conclusion).toBe('failure')
    await stage.quiet()
    shop.commit({ [lawPath]: laxLaw })
    await until('it is judged by the new law', () => checkAt(shop, pull.sha)?.conclusion === 'success')
    await stage.quiet()
    expect(pull.comments).toHaveLength(1)
    expect(pull.comments[0]?.body).toContain(shop.head.slice(0, 12))
  })

  test('of a branch that is not the default one, too', async () => {
    const stage = await shared()
    const shop = stage.shop()
    shop.commit({ [lawPath]: law() }, { branch: 'release' })
    const pull = shop.pullRequest({ base: 'release', files: { 'jobs/Dockerfile': runsAsRoot } })
    expect((await completed(shop, pull.sha)).conclusion).toBe('failure')
    await stage.quiet()
    shop.commit({ [lawPath]: laxLaw }, { branch: 'release' })
    await until('it is judged by the new law', () => checkAt(shop, pull.sha)?.conclusion === 'success')
  })

  test('not with a push that leaves the law alone: the pull request is not looked at', async () => {
    const stage = await shared()
    const shop = stage.shop()
    const pull = shop.pullRequest({ files: { 'jobs/Dockerfile': runsAsRoot } })
    await completed(shop, pull.sha)
    await stage.quiet()
    const [body] = pull.comments.map((comment) => comment.body)
    const before = stage.github.requests.filter((route) => route === 'GET /repos/{owner}/{repo}/pulls').length
    await completed(shop, shop.commit({ 'README.md': 'A shop' }))
    // The law is compared a little later than the push is judged.
    await pause(7000)
    await stage.quiet()
    expect(stage.github.requests.filter((route) => route === 'GET /repos/{owner}/{repo}/pulls').length).toBe(before)
    expect(pull.comments.map((comment) => comment.body)).toEqual([body])
  })
})
