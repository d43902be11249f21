import { describe, expect, test } from 'vitest'
import { law, lawPath, runsAsNode, runsAsRoot } from './sources.ts'
import { roles, until } from './stage.ts'
import { useStage } from './use-stage.ts'

// Here the App starts for the first time: it makes its database.
const { shared } = useStage({ database: undefined })
const name = 'prodgate / production'

describe('the App is installed', () => {
  test('on one more repository: what is open there is judged, and what happens from now on', async () => {
    const stage = await shared()
    const shop = stage.github.repository('lab/shop', { roles })
    shop.commit({ [lawPath]: law(), Dockerfile: runsAsNode }, { silent: true })
    const installation = stage.github.install(stage.app, 'lab', [])
    const pull = shop.pullRequest({ files: { Dockerfile: runsAsRoot } })
    await stage.quiet()
    expect(shop.checks(pull.sha).size).toBe(0)
    installation.add('lab/shop')
    await until('the pull request is judged', () => shop.checks(pull.sha).get(name)?.status === 'completed')
    expect(shop.checks(pull.sha).get(name)?.conclusion).toBe('failure')
    expect(await shop.deploy({ environment: 'production' }).answered()).toBe('approved')
  })

  test('and taken away again: nothing breaks', async () => {
    const stage = await shared()
    const { shop, installation } = stage.organization()
    shop.commit({ 'README.md': 'A shop' })
    installation.remove()
    await stage.quiet()
    expect(stage.process.running).toBe(true)
  })

  test('without the right to write comments: the checks are made all the same', async () => {
    const stage = await shared()
    const { shop, installation } = stage.organization()
    const { issues: _issues, pull_requests: _pulls, ...rest } = installation.state.permissions
    installation.grant({ ...rest, pull_requests: 'read' })
    const pull = shop.pullRequest({ files: { Dockerfile: runsAsRoot } })
    await until('the check is completed', () => shop.checks(pull.sha).get(name)?.conclusion === 'failure')
    expect(await shop.deploy({ environment: 'production' }).answered()).toBe('approved')
  })
})
