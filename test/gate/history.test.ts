import { describe, expect, test } from 'vitest'
import {
  artifact,
  commit,
  deploymentEvent,
  good,
  policy,
  pullEvent,
  run,
  shaOf,
  testWorld,
  type TestWorld,
} from './world.ts'

const main = shaOf('main')
const file = '.github/prodgate-history.json'
const law = (keys = `history: ${file}\n`): string =>
  policy('{ names: [prod-*], minimum-score: 0 }', `  tests/no-collapse: high\n${keys}`)

/** A history in which a deployment with so many tests passed. */
const passed = (total: number, environment = 'production', sha = shaOf('before')): string =>
  JSON.stringify({
    schemaVersion: 1,
    entries: [
      {
        sha,
        environment,
        decidedAt: '2026-11-10T10:00:00.000Z',
        decision: 'go',
        values: { 'tests.total': { total } },
      },
    ],
  })

/** A commit of which two tests ran, on main or as the head of a pull request. */
const worldOf = (files: Record<string, string>, sha = main, text = law()): TestWorld => {
  const world = testWorld(text)
  Object.assign(world.shop.commits[main] ?? {}, files)
  world.shop.runs.push(run(56, sha), { ...run(55, sha, 'waiting'), workflow: '.github/workflows/deploy.yml' })
  const cases = '<testcase classname="till" name="opens"/><testcase classname="till" name="closes"/>'
  world.shop.artifacts.set(56, [
    artifact(1, `<testsuites><testsuite name="till" tests="2">${cases}</testsuite></testsuites>`),
  ])
  return world
}
const deploy = async (world: TestWorld, environment = 'production'): Promise<void> => {
  await world.deliver('deployment_protection_rule', deploymentEvent(main, { environment }))
  await world.settle()
}
const answers = ({ shop }: TestWorld): string[] => shop.answers.map(({ state }) => state)

describe('a deployment is compared with the last one that passed', () => {
  test.each<[string, Record<string, string>, string, string?]>([
    ['as many tests', { [file]: passed(2) }, 'approved'],
    ['ten times as many before', { [file]: passed(20) }, 'rejected'],
    ['no history yet', {}, 'approved'],
    ['only another environment passed', { [file]: passed(20, 'staging') }, 'approved'],
    ['only this commit passed', { [file]: passed(20, 'production', main) }, 'approved'],
    ['under another name of the environment', { [file]: passed(20) }, 'rejected', 'prod-eu'],
    ['what is no history', { [file]: '{}' }, 'rejected'],
    ['what is no JSON', { [file]: 'two tests' }, 'rejected'],
  ])('%s', async (_, files, state, environment) => {
    const world = worldOf(files)
    await deploy(world, environment)
    expect(answers(world)).toEqual([state])
  })

  test('what is no history is told with its remedy', async () => {
    const world = worldOf({ [file]: '{}' })
    await deploy(world)
    expect(world.shop.answers[0]?.comment).toContain(`Repair the history that .github/prodgate.yml names`)
  })

  test('and not where the policy keeps none: then nothing is asked', async () => {
    const world = worldOf({ [file]: passed(20) }, main, law(''))
    await deploy(world)
    expect(answers(world)).toEqual(['approved'])
    expect(world.app.calls.filter((call) => call === 'files.read')).toHaveLength(1)
  })

  test('by the newest commit of the default branch, and not by its own', async () => {
    const world = worldOf({ [file]: passed(20) })
    world.shop.commits[shaOf('newest')] = { '.github/prodgate.yml': law(), [file]: passed(2) }
    world.shop.branches['main'] = shaOf('newest')
    world.shop.mergeBases[main] = main
    await deploy(world)
    expect(answers(world)).toEqual(['approved'])
  })

  test('with the history of the repository, though the policy is the organisation’s', async () => {
    const world = worldOf({ [file]: passed(20) })
    delete world.shop.commits[main]?.['.github/prodgate.yml']
    world.app.organisationRef = { id: 8, owner: 'acme', name: '.github', installation: 3 }
    const shared = world.app.repository(8)
    shared.branches['main'] = shaOf('law')
    shared.commits[shaOf('law')] = { '.github/prodgate.yml': law(), [file]: passed(2) }
    await deploy(world)
    expect(answers(world)).toEqual(['rejected'])
  })
})

describe('a history that cannot be read', () => {
  test('for good is no-go', async () => {
    const world = worldOf({ [file]: passed(2) })
    let reads = 0
    world.app.fault = (operation) =>
      operation === 'files.read' && ++reads > 1
        ? { problem: { kind: 'rejected', message: 'it has another shape' } }
        : undefined
    await deploy(world)
    expect(answers(world)).toEqual(['rejected'])
    expect(world.shop.answers[0]?.comment).toContain('it has another shape')
  })

  test('for now is waited for', async () => {
    const world = worldOf({ [file]: passed(2) })
    let reads = 0
    world.app.fault = (operation) =>
      operation === 'files.read' && ++reads > 1
        ? { problem: { kind: 'unreachable', message: 'bad gateway' } }
        : undefined
    await deploy(world)
    expect(answers(world)).toEqual([])
    world.app.fault = () => undefined
    world.pass(61_000)
    await world.queue.send('reconcile', {})
    await world.settle()
    expect(answers(world)).toEqual(['approved'])
  })
})

test('a verdict does not outlive the history that it was compared with, and a history is read once', async () => {
  const world = worldOf({ [file]: passed(2) })
  await deploy(world)
  const reads = (): number => world.app.calls.filter((call) => call === 'files.read').length
  expect(reads()).toBe(2)
  world.shop.runs.push({ ...run(57, main, 'waiting') })
  const again = (number: number): object =>
    deploymentEvent(main, {
      deployment_callback_url: `https://api.github.com/repos/acme/till/actions/runs/${number}/deployment_protection_rule`,
    })
  await world.deliver('deployment_protection_rule', again(57))
  await world.settle()
  expect([reads(), world.judged]).toEqual([2, 1])
  world.shop.commits[shaOf('newest')] = { '.github/prodgate.yml': law(), [file]: passed(20) }
  world.shop.branches['main'] = shaOf('newest')
  world.shop.mergeBases[main] = main
  world.shop.runs.push({ ...run(58, main, 'waiting') })
  await world.deliver('deployment_protection_rule', again(58))
  await world.settle()
  expect([answers(world), world.judged]).toEqual([['approved', 'approved', 'rejected'], 2])
})

test('a pull request does not bring its own past', async () => {
  const head = shaOf('head')
  const world = worldOf({ [file]: passed(20) }, head)
  commit(world, 'head', { ...good, '.github/prodgate.yml': law(), [file]: passed(2) })
  await world.deliver('pull_request', pullEvent(head))
  await world.deliver('workflow_run', { action: 'completed', workflow_run: { head_sha: head } })
  await world.settle()
  expect(world.shop.checks.map(({ state }) => state)).toEqual([{ status: 'completed', conclusion: 'failure' }])
  expect(world.shop.checks[0]?.output.annotations[0]?.message ?? world.shop.checks[0]?.output.text).toContain(
    'after 20',
  )
})
