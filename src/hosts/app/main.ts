import { existsSync } from 'node:fs'
import { getPrivateKey } from '@probot/get-private-key'
import { run as runProbot } from 'probot'
import { formatDiagnostic, InputError } from '../../core/errors.ts'
import { startApp } from './app.ts'
import { appLog } from './log.ts'
import { readSettings } from './settings.ts'

const stops = ['SIGTERM', 'SIGINT'] as const

const main = async (): Promise<void> => {
  // Where the set-up page has written what GitHub gave it; what the environment says stands before it.
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { env } = process
  const log = appLog(env['LOG_LEVEL'] || 'info')
  const privateKey = getPrivateKey({ env })
  const appId = Number(env['APP_ID'])
  if (!Number.isInteger(appId) || appId <= 0 || privateKey === null) {
    log.info({}, 'APP_ID or PRIVATE_KEY is not set: open this address to make the App on GitHub')
    // Probot's own page makes the App from app.yml, and writes its variables to .env.
    await runProbot(() => undefined)
    return
  }
  const app = await startApp({ settings: readSettings(env), env, appId, privateKey, log })
  let stopping = false
  for (const signal of stops)
    process.on(signal, () => {
      if (stopping) process.exit(1) // asked twice: somebody is in a hurry
      stopping = true
      log.info({ signal }, 'stopping')
      void app.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'stopping failed')
          process.exit(1)
        },
      )
    })
}

try {
  await main()
} catch (error) {
  if (error instanceof InputError)
    for (const diagnostic of error.diagnostics) console.error(formatDiagnostic(diagnostic))
  else console.error(error)
  process.exit(error instanceof InputError ? 2 : 70)
}
