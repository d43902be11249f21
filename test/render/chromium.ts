import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const found = places.find((path) => existsSync(path))

/** Whether to go without a browser: on a machine that has none, and never in CI. */
export const withoutChromium = found === undefined && (process.env['CI'] ?? '') === ''

/** A browser that asks nobody for anything. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: found ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
