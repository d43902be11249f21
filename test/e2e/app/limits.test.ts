import { describe, expect, test } from 'vitest'
import { completed } from './checks.ts'
import { law, lawPath, oneRule, runsAsNode, runsAsRoot } from './sources.ts'
import { useStage } from './use-stage.ts'

const { shared } = useStage()

describe('much to say', () => {
  test('51 annotations: all are told, in requests of fifty', async () => {
    const stage = await shared()
    const shop = stage.shop()
    const files = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`jobs/${n}/Dockerfile`, runsAsRoot]))
    const pull = shop.pullRequest({ files })
    const check = await completed(shop, pull.sha)
    await stage.quiet()
    expect(check.output.annotations).toHaveLength(51)
    expect(new Set(check.output.annotations.map(({ path }) => path)).size).toBe(51)
  })

  test('a summary of 70,000 characters: it is cut with a pointer, and the check completes', async () => {
    const stage = await shared()
    const shop = stage.shop()
    // A hundred rules of the repository's own fail, each with a thousand characters of advice.
    const rule = (n: number): string =>
      `title: Images come from registry ${n}\nseverity: critical\neffort: 1h\nfor: docker.base\nexpect: base.name == "none"\n` +
      `message: "{{base.name}} comes from elsewhere"\nwhy: Somebody has to answer for it.\nfix: ${'Mirror the image. '.repeat(60)}\n`
    const rules = Object.fromEntries(
      Array.from({ length: 100 }, (_, n) => [`.github/prodgate/rules/images/registry-${n}.yaml`, rule(n)]),
    )
    const all = Object.keys(rules).map((path) => `images/${path.split('/').at(-1)?.replace('.yaml', '')}: critical`)
    shop.commit({ ...rules, [lawPath]: law().replace(`${oneRule}: critical`, all.join(', ')) }, { silent: true })
    const pull = shop.pullRequest({ files: { 'jobs/Dockerfile': runsAsNode } })
    const check = await completed(shop, pull.sha)
    expect(check).toMatchObject({ conclusion: 'failure' })
    const { summary } = check.output
    expect(summary?.length).toBeGreaterThan(60_000)
    expect(summary?.length).toBeLessThanOrEqual(65_535)
    expect(summary).toMatch(/cut|more|rest|whole|left out/i)
    await stage.quiet()
    expect(pull.comments[0]?.body.length).toBeLessThanOrEqual(65_536)
    expect(check.output.annotations.length).toBeLessThanOrEqual(200)
  })

  test('text from the repository is inert: nobody is called and nothing is drawn', async () => {
    const stage = await shared()
    const shop = stage.shop()
    const path = '@clinic/everybody <img src=x> [a](http:b)/Dockerfile'
    const pull = shop.pullRequest({ files: { [path]: runsAsRoot } })
    await completed(shop, pull.sha)
    await stage.quiet()
    // In a code span it is only looked at.
    const text = (pull.comments[0]?.body ?? '').replaceAll(/`[^`]*`/g, '')
    expect(text).not.toContain('<img src=x>')
    expect(text).not.toMatch(/(?:^|[^`\w/])@clinic\/everybody/m)
  })
})
