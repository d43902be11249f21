/**
 * Starts the simulator as a process of its own, with one app that is installed on everything of `acme`. Prints one line of
 * JSON: where it is, and the credentials that the app is started with.
 */
import { parseArgs } from 'node:util'
import { GitHub } from './github.ts'
import { prodgate } from './prodgate.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'webhook-url': { type: 'string' },
    'rate-limit': { type: 'string', default: '1000000' },
    repository: { type: 'string', default: 'acme/shop' },
  },
})

const github = new GitHub({ rateLimit: Number(values['rate-limit']) })
await github.start(Number(values.port))
const app = github.app('prodgate', {
  ...prodgate,
  ...(values['webhook-url'] === undefined ? {} : { webhookUrl: values['webhook-url'] }),
})
const { id } = github.install(app, 'acme')
github.repository(values.repository, { roles: { ada: 'admin', grace: 'write', alan: 'read' } })

const ready = {
  url: github.urls.web,
  api: github.url,
  installation: id,
  env: {
    APP_ID: String(app.id),
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: app.webhookSecret,
    GHE_HOST: new URL(github.urls.web).host,
    GHE_PROTOCOL: 'http',
  },
}
process.stdout.write(`${JSON.stringify(ready)}\n`)

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void github.stop().then(() => process.exit(0))
  })
