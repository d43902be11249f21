import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { html } from '../../src/render/html/html.ts'
import { launchChromium, withoutChromium } from './chromium.ts'
import { attackReport, attacks, exampleReport } from './html-samples.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const views = {
  light: { colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  dark: { colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  phone: { colorScheme: 'light', viewport: { width: 375, height: 740 } },
  'phone in the dark': { colorScheme: 'dark', viewport: { width: 375, height: 740 } },
} as const

const unfold = `for (const one of document.querySelectorAll('details')) one.open = true`
const countFolded = `[...document.querySelectorAll('details.paper .fold')].filter((one) => one.getBoundingClientRect().height === 0).length`

type Found = Pick<AxeResults, 'violations'> & { passes: number }
// Of what passes, only how many rules: to write down thousands of nodes takes longer than to judge them.
const runAxe = `axe.run({ resultTypes: ['violations'] })
  .then(({ passes, violations }) => ({ passes: passes.length, violations }))`

interface Tree {
  foreign: number
  handlers: string[]
  links: string[]
  border: string
}
const lookAround = `({
  foreign: document.querySelectorAll('script,iframe,img,object,embed,link,form,base,foreignObject,style ~ style').length,
  handlers: [...document.querySelectorAll('*')].flatMap((one) =>
    [...one.attributes].map(({ name }) => name).filter((name) => /^on|^style$|^src$|^autofocus$/.test(name))),
  links: [...document.querySelectorAll('a')].map((one) => one.getAttribute('href')),
  border: getComputedStyle(document.querySelector('.verdict')).borderTopWidth,
})`

const attack = attackReport(attacks.join(' '))
type View = keyof typeof views
const every = Object.keys(views) as View[]
const cases: [string, () => Promise<Report> | Report, View][] = [
  ...every.map(
    (view) => ['a service that is not ready', () => exampleReport('not-ready'), view] as (typeof cases)[number],
  ),
  ...every.map((view) => ['a report full of attacks', () => attack, view] as (typeof cases)[number]),
  ['a service that is ready', () => exampleReport('ready'), 'light'],
  ['a service that is ready', () => exampleReport('ready'), 'phone in the dark'],
  ['a condition', () => ({ ...attack, decision: 'conditional' }), 'dark'],
  ['a condition', () => ({ ...attack, decision: 'conditional' }), 'phone'],
]

describe.skipIf(withoutChromium)('in Chromium', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
  })

  const open = async (text: string, view: View): Promise<{ page: Page; asked: string[]; said: string[] }> => {
    // The page's own policy forbids scripts; axe is put in beside it.
    const context = await browser.newContext({ ...views[view], bypassCSP: true })
    const page = await context.newPage()
    const asked: string[] = []
    const said: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    page.on('console', (message) => said.push(message.text()))
    page.on('dialog', (dialog) => {
      said.push(dialog.message())
      void dialog.dismiss()
    })
    await page.setContent(text)
    return { page, asked, said }
  }

  test.each(cases)('case %#, %s: no violation, and nothing to scroll to the side', async (_, make, view) => {
    const { page, asked, said } = await open(html(await make()), view)
    // Folded text has to hold as well.
    await page.evaluate(unfold)
    const [inner, scrolled] = await page.evaluate<[number, number]>(
      '[innerWidth, document.documentElement.scrollWidth]',
    )
    expect(scrolled).toBeLessThanOrEqual(inner)
    await page.evaluate(axe)
    const found = await page.evaluate<Found>(runAxe)
    expect(found.passes).toBeGreaterThan(10)
    expect(
      found.violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`),
    ).toEqual([])
    expect(await page.title()).not.toBe('owned')
    expect([asked, said]).toEqual([[], []])
    await page.context().close()
  })

  test.each(attacks)('its own policy stands, and nothing of the attack lives: %j', async (text) => {
    const context = await browser.newContext({ javaScriptEnabled: true })
    const page = await context.newPage()
    const said: string[] = []
    page.on('console', (message) => said.push(message.text()))
    await page.setContent(html(attackReport(text), { all: true, blobUrl: 'https://github.com/acme/shop/blob/0123' }))
    // No refusal is logged: the style sheet is the one that the policy names, and there is nothing else to refuse.
    expect(said).toEqual([])
    const tree = await page.evaluate<Tree>(lookAround)
    expect(tree.foreign).toBe(0)
    expect(tree.handlers).toEqual([])
    expect(tree.border).toBe('6px')
    for (const link of tree.links) expect(link).toMatch(/^#[\w-]+$|^https:\/\/github\.com\/acme\/shop\/blob\/0123\//)
    await context.close()
  })

  test('on paper nothing is cut off, and blockers are unfolded', async () => {
    const { page } = await open(html(attack), 'light')
    await page.emulateMedia({ media: 'print' })
    const hidden = await page.evaluate<number>(countFolded)
    expect(hidden).toBe(0)
    await page.context().close()
  })
})
