import { describe, expect, test } from 'vitest'
import { checkAt, completed, name } from './checks.ts'
import { law, lawPath, laxLaw, oneRule, runsAsNode, runsAsRoot } from './sources.ts'
import { until } from './stage.ts'
import { useStage } from './use-stage.ts'

const { shared } = useStage()

describe('a pull request', () => {
  test('gets a check at once, its result later, and one comment that the next push edits', async () => {
    const stage = await shared()
    const shop = stage.shop()
    stage.github.faults.add({ kind: 'latency', milliseconds: 30 })
    const pull = shop.pullRequest({ files: { 'jobs/Dockerfile': runsAsRoot } })
    await until('a check is in progress', () => checkAt(shop, pull.sha)?.status === 'in_progress')
    const check = await completed(shop, pull.sha)
    expect(check).toMatchObject({ conclusion: 'failure' })
    expect(check.output.annotations).toMatchObject([{ path: 'jobs/Dockerfile', annotation_level: 'failure' }])
    expect(check.actions.map(({ identifier }) => identifier)).toEqual(['recheck', 'request-waiver', 'sign-off'])
    await stage.quiet()
    expect(pull.comments).toHaveLength(1)
    expect(pull.comments[0]?.body).toContain(`jobs/Dockerfile`)
    expect(pull.comments[0]?.body).toContain(pull.sha)
    expect(pull.comments[0]?.author?.login).toBe('prodgate[bot]')

    pull.push({ 'jobs/Dockerfile': runsAsNode })
    expect(await completed(shop, pull.sha)).toMatchObject({ conclusion: 'success' })
    await stage.quiet()
    expect(pull.comments).toHaveLength(1)
    expect(pull.comments[0]?.body).not.toContain('No-go')
  })

  test('is told nothing new when nothing is new', async () => {
    const stage = await shared()
    const shop = stage.shop()
    const pull = shop.pullRequest({ files: { 'jobs/Dockerfile': runsAsRoot } })
    const check = await completed(shop, pull.sha)
    await stage.quiet()
    const { updatedAt, body } = pull.comments[0] ?? {}
    shop.rerequest(check)
    await stage.quiet()
    expect(pull.comments).toHaveLength(1)
    expect(pull.comments[0]).toMatchObject({ updatedAt, body })
  })

  test('is judged by what it adds: what the base has already does not block it', async () => {
    const stage = await shared()
    const shop = stage.shop({ Dockerfile: runsAsRoot })
    const pull = shop.pullRequest({ files: { 'README.md': 'A shop' } })
    expect(await completed(shop, pull.sha)).toMatchObject({ conclusion: 'success' })
    pull.push({ 'jobs/Dockerfile': runsAsRoot })
    expect(await completed(shop, pull.sha)).toMatchObject({ conclusion: 'failure' })
  })

  test('may be a draft', async () => {
    const stage = await shared()
    const shop = stage.shop()
    const pull = shop.pullRequest({ files: { Dockerfile: runsAsRoot }, draft: true })
    expect(await completed(shop, pull.sha)).toMatchObject({ conclusion: 'failure' })
    pull.ready()
    await stage.quiet()
    expect(pull.comments).toHaveLength(1)
  })

  test('may come from a fork: the App can comment where a workflow could not', async () => {
    const stage = await shared()
    const shop = stage.shop()
    const { fullName } = shop.state
    stage.github.repository('mallory/shop', { parent: fullName })
    const pull = shop.pullRequest({ files: { Dockerfile: runsAsRoot }, fork: 'mallory/shop', author: 'mallory' })
    expect(await completed(shop, pull.sha)).toMatchObject({ conclusion: 'failure' })
    await stage.quiet()
    expect(pull.comments).toHaveLength(1)
  })

  test('that edits the law in its head is judged by the law of its base, and told so', async () => {
    const stage = await shared()
    const shop = stage.shop()
    const pull = shop.pullRequest({ files: { [lawPath]: laxLaw, Dockerfile: runsAsRoot } })
    expect(await completed(shop, pull.sha)).toMatchObject({ conclusion: 'failure' })
    await stage.quiet()
    const text = pull.comments[0]?.body ?? ''
    expect(text).toContain(lawPath)
    expect(text).toMatch(/base|main/)
    expect(`${checkAt(shop, pull.sha)?.output.summary}`).toContain(lawPath)
  })

  test('that takes the law away is judged by the law of its base', async () => {
    const stage = await shared()
    const shop = stage.shop()
    const pull = shop.pullRequest({ files: { [lawPath]: null, Dockerfile: runsAsRoot } })
    const check = await completed(shop, pull.sha)
    expect(check).toMatchObject({ conclusion: 'failure' })
    expect([...shop.checks(pull.sha).keys()]).toEqual([name])
  })

  test('cannot hide a file from its judge with .gitattributes', async () => {
    const stage = await shared()
    const shop = stage.shop()
    const hidden = '* export-ignore\njobs/** export-ignore\nDockerfile export-subst\n.gitattributes export-ignore\n'
    const pull = shop.pullRequest({ files: { '.gitattributes': hidden, 'jobs/Dockerfile': runsAsRoot } })
    const check = await completed(shop, pull.sha)
    expect(check).toMatchObject({ conclusion: 'failure' })
    expect(check.output.annotations).toMatchObject([{ path: 'jobs/Dockerfile' }])
  })

  test('without a law is judged by the recommended one, and told that there is none', async () => {
    const stage = await shared()
    const shop = stage.shop()
    shop.commit({ [lawPath]: null }, { silent: true })
    const pull = shop.pullRequest({ files: { Dockerfile: runsAsRoot } })
    await completed(shop, pull.sha)
    await stage.quiet()
    expect(pull.comments[0]?.body).toMatch(/recommended policy/)
  })
})

describe('a check', () => {
  test('is made for a merge group, on its own head', async () => {
    const stage = await shared()
    const shop = stage.shop()
    const sha = shop.mergeGroup({ 'jobs/Dockerfile': runsAsRoot })
    expect(await completed(shop, sha)).toMatchObject({ conclusion: 'failure' })
    const good = shop.mergeGroup({ 'jobs/Dockerfile': runsAsNode })
    expect(await completed(shop, good)).toMatchObject({ conclusion: 'success' })
  })

  test('is made for each environment of the policy', async () => {
    const stage = await shared()
    const policy = law().replace('environments:', 'environments:\n  staging: { blocking: critical, minimum-score: 0 }')
    const shop = stage.shop({ [lawPath]: policy })
    const sha = shop.commit({ Dockerfile: runsAsRoot })
    await completed(shop, sha)
    await stage.quiet()
    expect([...shop.checks(sha).keys()].sort()).toEqual([name, 'prodgate / staging'])
  })

  test('that is asked for again judges again', async () => {
    const stage = await shared()
    const shop = stage.shop()
    const sha = shop.commit({ 'README.md': 'A shop' })
    const check = await completed(shop, sha)
    await stage.quiet()
    check.status = 'queued'
    check.conclusion = null
    shop.rerequest(check)
    expect(await completed(shop, sha)).toMatchObject({ conclusion: 'success' })
    await stage.quiet()
    checkAt(shop, sha)!.conclusion = null
    shop.rerequestSuite(check)
    await until('the suite was judged again', () => checkAt(shop, sha)?.conclusion === 'success')
  })

  test('has a button that judges again, for who may write', async () => {
    const stage = await shared()
    const shop = stage.shop()
    const pull = shop.pullRequest({ files: { Dockerfile: runsAsRoot } })
    const check = await completed(shop, pull.sha)
    await stage.quiet()
    // The law becomes lax, and nobody tells the App.
    shop.commit({ [lawPath]: laxLaw }, { silent: true })
    shop.press(check, 'recheck', 'alan')
    await stage.quiet()
    expect(checkAt(shop, pull.sha)?.conclusion).toBe('failure')
    shop.press(check, 'recheck', 'grace')
    await until('it is judged again', () => checkAt(shop, pull.sha)?.conclusion !== 'failure')
    expect(checkAt(shop, pull.sha)?.conclusion).toBe('success')
    await stage.quiet()
    expect(pull.comments).toHaveLength(1)
    expect(shop.checks(pull.sha).size).toBe(1)
  })

  test('has a button that asks for a waiver: the text to write is given, and nothing is waived', async () => {
    const stage = await shared()
    const shop = stage.shop()
    const pull = shop.pullRequest({ files: { Dockerfile: runsAsRoot } })
    const check = await completed(shop, pull.sha)
    await stage.quiet()
    shop.press(check, 'request-waiver', 'grace')
    await until('it is answered', () => pull.comments.length === 2)
    expect(pull.comments[1]?.body).toContain(oneRule)
    await stage.quiet()
    expect(checkAt(shop, pull.sha)?.conclusion).toBe('failure')
  })

  test('that is only observed is neutral, and says what it would have been', async () => {
    const stage = await shared()
    const shop = stage.shop({ [lawPath]: law('mode: observe') })
    const sha = shop.commit({ Dockerfile: runsAsRoot })
    const check = await completed(shop, sha)
    expect(check.conclusion).toBe('neutral')
    expect(`${check.output.title} ${check.output.summary}`).toMatch(/no-go/i)
  })
})
