/**
 * Judges a pull request with the App, and draws its comment and its check run as GitHub would show them, into a folder.
 *   npm run screenshots [-- --out docs/images]
 */
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildApp } from '../test/e2e/app/build-app.ts'
import { Stage } from '../test/e2e/app/stage.ts'
import { launchChromium } from '../test/render/chromium.ts'
import { judgedPullRequest } from './demo/clinic.ts'
import { checkPage, commentPage } from './screenshots/pages.ts'

const { values } = parseArgs({
  options: { out: { type: 'string', default: join(import.meta.dirname, '../tmp/screenshots') } },
})
const { out } = values
const smallest = { width: 880, height: 400 }
const wide = { width: 1060, height: 400 }

mkdirSync(out, { recursive: true })
const built = await buildApp()
const stage = await Stage.open({ bundle: built.bundle })
const browser = await launchChromium()
try {
  const { pull, check } = await judgedPullRequest(stage)
  const [comment] = pull.comments
  if (comment === undefined || check === undefined) throw new Error('the pull request has no comment or no check')
  const pages: { name: string; html: string; viewport: typeof wide; unfold: boolean; top?: boolean }[] = [
    { name: 'comment', html: commentPage(comment.body, 'prodgate'), viewport: smallest, unfold: false },
    { name: 'comment-unfolded', html: commentPage(comment.body, 'prodgate'), viewport: smallest, unfold: true },
    {
      name: 'comment-narrow',
      html: commentPage(comment.body, 'prodgate'),
      viewport: { width: 390, height: 400 },
      unfold: false,
    },
    { name: 'check', html: checkPage(check), viewport: wide, unfold: false },
    { name: 'check-top', html: checkPage(check), viewport: { ...wide, height: 1500 }, unfold: false, top: true },
  ]
  for (const { name, html, viewport, unfold, top } of pages) {
    const page = await browser.newPage({ viewport })
    await page.setContent(html)
    if (unfold) await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`)
    const path = join(out, `${name}.png`)
    await page.screenshot({ path, ...(top === true ? {} : { fullPage: true }) })
    await page.close()
    process.stdout.write(`${path}: ${Math.round(statSync(path).size / 1000)} kB\n`)
  }
} finally {
  await browser.close()
  await stage.close()
  built.remove()
}
