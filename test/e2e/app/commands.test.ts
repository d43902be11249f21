import { describe, expect, test } from 'vitest'
import type { PullRequestScenario } from '../../simulator/scenario/pull-request.ts'
import type { RepositoryScenario } from '../../simulator/scenario/repository.ts'
import type { Comment } from '../../simulator/state/entities.ts'
import { lawPath, laxLaw, runsAsNode, runsAsRoot } from './sources.ts'
import { until, type Stage } from './stage.ts'
import { useStage } from './use-stage.ts'

const { shared } = useStage()
const name = 'prodgate / production'

interface Scene {
  stage: Stage
  shop: RepositoryScenario
  pull: PullRequestScenario
}

/** A pull request that was judged, with its comment. */
const judged = async (files: Record<string, string> = { 'jobs/Dockerfile': runsAsRoot }): Promise<Scene> => {
  const stage = await shared()
  const shop = stage.shop()
  const pull = shop.pullRequest({ files })
  await until('it is judged', () => shop.checks(pull.sha).get(name)?.status === 'completed')
  await stage.quiet()
  return { stage, shop, pull }
}

/** The law becomes lax, and nobody tells the App: only who judges again sees it. */
const relax = ({ shop, pull }: Scene): void => {
  shop.commit({ [lawPath]: laxLaw }, { silent: true })
  expect(shop.checks(pull.sha).get(name)?.conclusion).toBe('failure')
}

/** The head moves, and nobody tells the App. */
const move = ({ shop, pull }: Scene, files: Record<string, string>): string => {
  const { head } = pull.state
  head.sha = shop.commit(files, { branch: head.ref, silent: true })
  return head.sha
}

const reacted = ({ reactions }: Comment): boolean => reactions.some(({ content }) => content === 'eyes')

/** What the App said after a comment. */
const answersTo = ({ pull }: Scene, { id }: Comment): string[] =>
  pull.comments.flatMap((one) => (one.id > id && one.author?.login === 'prodgate[bot]' ? [one.body] : []))

/** What the App did about a comment: how it reacted and what it said. Empty where it takes no notice of it. */
const notice = async (scene: Scene, comment: Comment): Promise<string[]> => {
  await scene.stage.quiet()
  return [...comment.reactions.map(({ content }) => content), ...answersTo(scene, comment)]
}

describe('a comment that begins with /prodgate', () => {
  test('help: the commands are listed, for readers too', async () => {
    const scene = await judged()
    const comment = scene.pull.comment('alan', '/prodgate help')
    await until('it is answered', () => answersTo(scene, comment).length > 0)
    expect(reacted(comment)).toBe(true)
    expect(answersTo(scene, comment)[0]).toMatch(/recheck[^]*explain|explain[^]*recheck/)
  })

  test('status: the verdict of the head', async () => {
    const scene = await judged()
    const comment = scene.pull.comment('alan', '/prodgate status')
    await until('it is answered', () => answersTo(scene, comment).length > 0)
    expect(answersTo(scene, comment)[0]).toMatch(/no-go/i)
    expect(answersTo(scene, comment)[0]).toContain(scene.pull.sha.slice(0, 7))
  })

  test('explain: what a rule asks for and why', async () => {
    const scene = await judged()
    const comment = scene.pull.comment('alan', '/prodgate explain containers/non-root-user')
    await until('it is answered', () => answersTo(scene, comment).length > 0)
    expect(answersTo(scene, comment)[0]).toMatch(/root/i)
  })

  test('explain of a rule that there is not: so it says', async () => {
    const scene = await judged()
    const comment = scene.pull.comment('grace', '/prodgate explain containers/no-such-rule @clinic/everybody')
    await until('it is answered', () => answersTo(scene, comment).length > 0)
    expect(answersTo(scene, comment)[0]).not.toMatch(/(?:^|[^`\w/])@clinic\/everybody/m)
  })

  test('recheck: the head is judged again, by who may write', async () => {
    const scene = await judged()
    const { shop, pull } = scene
    relax(scene)
    const comment = pull.comment('grace', '/prodgate recheck')
    await until('it is judged again', () => shop.checks(pull.sha).get(name)?.conclusion === 'success')
    expect(reacted(comment)).toBe(true)
  })

  test('recheck of who may only read: nothing is judged', async () => {
    const scene = await judged()
    const { shop, pull, stage } = scene
    relax(scene)
    pull.comment('alan', '/prodgate recheck')
    await stage.quiet()
    expect(shop.checks(pull.sha).get(name)?.conclusion).toBe('failure')
  })

  test("the author's permission is that of the moment", async () => {
    const scene = await judged()
    const { shop, pull, stage } = scene
    relax(scene)
    shop.role('grace', 'none')
    pull.comment('grace', '/prodgate recheck')
    await stage.quiet()
    expect(shop.checks(pull.sha).get(name)?.conclusion).toBe('failure')
    shop.role('grace', 'write')
    pull.comment('grace', '/prodgate recheck')
    await until('it is judged again', () => shop.checks(pull.sha).get(name)?.conclusion === 'success')
  })

  test('after the head moved and nobody told: the new head is judged, never the one that was printed', async () => {
    const scene = await judged()
    const { shop, pull, stage } = scene
    const printed = pull.sha
    const moved = move(scene, { 'jobs/Dockerfile': runsAsNode })
    expect(shop.checks(moved).size).toBe(0)
    pull.comment('grace', '/prodgate recheck')
    await until('the new head is judged', () => shop.checks(moved).get(name)?.conclusion === 'success')
    await stage.quiet()
    expect(shop.checks(printed).get(name)?.conclusion).toBe('failure')
    expect(pull.comments[0]?.body).toContain(moved.slice(0, 12))
    expect(pull.comments[0]?.body).not.toContain(printed.slice(0, 12))
  })

  test('status after the head moved and nobody told: the old verdict is not given out as that of the new head', async () => {
    const scene = await judged({ 'jobs/Dockerfile': runsAsNode })
    const { pull } = scene
    const printed = pull.sha
    const moved = move(scene, { 'jobs/Dockerfile': runsAsRoot })
    const comment = pull.comment('grace', '/prodgate status')
    await until('it is answered', () => answersTo(scene, comment).length > 0)
    const [text = ''] = answersTo(scene, comment)
    expect(text.includes(moved.slice(0, 7)) || !text.includes(printed.slice(0, 7))).toBe(true)
    expect(text).not.toMatch(/^\W*go\b/i)
  })
})

describe('a comment is ignored', () => {
  test('that was edited into a command', async () => {
    const scene = await judged()
    const comment = scene.pull.comment('grace', 'Looks good')
    scene.pull.editComment(comment, '/prodgate status')
    expect(await notice(scene, comment)).toEqual([])
  })

  test('of a command, when it is edited: it was answered once', async () => {
    const scene = await judged()
    const comment = scene.pull.comment('grace', '/prodgate help')
    await until('it is answered', () => answersTo(scene, comment).length > 0)
    scene.pull.editComment(comment, '/prodgate status')
    await scene.stage.quiet()
    expect(answersTo(scene, comment)).toHaveLength(1)
  })

  test('of a bot', async () => {
    const scene = await judged()
    scene.stage.github.account('helper[bot]', 'Bot')
    scene.shop.role('helper[bot]', 'admin')
    expect(await notice(scene, scene.pull.comment('helper[bot]', '/prodgate status'))).toEqual([])
  })

  test('of a stranger, but for a thumb', async () => {
    const scene = await judged()
    expect(await notice(scene, scene.pull.comment('mallory', '/prodgate recheck'))).toEqual(['-1'])
  })

  test('that only speaks of a command', async () => {
    const scene = await judged()
    expect(await notice(scene, scene.pull.comment('grace', 'You can write `/prodgate recheck` here'))).toEqual([])
  })
})
