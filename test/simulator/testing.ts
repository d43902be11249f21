import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Probot, ProbotOctokit } from 'probot'
import { GitHub } from './github.ts'
import { prodgate } from './prodgate.ts'
import type { App } from './state/types.ts'

export interface Received {
  event: string
  guid: string
  /** The signature is the app's. */
  genuine: boolean
  payload: { action?: string } & Record<string, unknown>
}

/** A receiver of webhooks that answers what `reply` says. */
export const receiver = async (secretOf: () => string, reply: () => number = () => 200) => {
  const received: Received[] = []
  let ready: Promise<Probot> | undefined
  const probotOf = async (): Promise<Probot> => {
    const probot = new Probot({ secret: secretOf(), appId: 1, privateKey: 'unused', logLevel: 'fatal' })
    await probot.ready()
    return probot
  }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const text = Buffer.concat(parts).toString('utf8')
      const header = (name: string): string => String(request.headers[name])
      const receive = async (): Promise<void> => {
        ready ??= probotOf()
        const { webhooks } = await ready
        const genuine = await webhooks.verify(text, header('x-hub-signature-256'))
        const payload = JSON.parse(text) as Received['payload']
        received.push({ event: header('x-github-event'), guid: header('x-github-delivery'), genuine, payload })
        response.writeHead(reply()).end('taken')
      }
      receive().catch(() => response.writeHead(400).end())
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close }
}

/** A GitHub with the app installed on acme, and a shop with one commit. */
export const newShop = async (webhookUrl?: string) => {
  const github = new GitHub({ webhookTimeout: 60_000, treeLimit: 50 })
  await github.start()
  const app = github.app('prodgate', { ...prodgate, ...(webhookUrl === undefined ? {} : { webhookUrl }) })
  const shop = github.repository('acme/shop', { roles: { ada: 'admin', grace: 'write' } })
  const installation = github.install(app, 'acme')
  shop.commit({ Dockerfile: 'FROM node:24\n', 'k8s/app.yaml': 'kind: Deployment\n' }, { silent: true })
  return { github, app, shop, installation }
}

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** An Octokit as Probot makes them: of the app itself, or of an installation. */
export const octokitOf = (github: GitHub, { id, privateKey }: App, installationId?: number) =>
  new ProbotOctokit({
    baseUrl: github.url,
    auth: { appId: id, privateKey, ...(installationId === undefined ? {} : { installationId }) },
    log: quiet,
    retry: { enabled: false },
    throttle: { enabled: false },
  })
