import { missing, ok, type Asked, type Route } from '../http/answer.ts'
import type { Delivery } from '../webhooks/deliveries.ts'

const failed = ({ statusCode }: Delivery): boolean => statusCode < 200 || statusCode >= 400

const item = (delivery: Delivery) => ({
  id: delivery.id,
  guid: delivery.guid,
  delivered_at: delivery.deliveredAt,
  redelivery: delivery.redelivery,
  duration: delivery.duration,
  status: delivery.status,
  status_code: delivery.statusCode,
  event: delivery.event,
  action: delivery.action,
  installation_id: delivery.installation.id,
  repository_id: delivery.repositoryId,
  throttled_at: null,
})

const list = ({ github, app, query, url }: Asked) => {
  const status = query.get('status')
  const from = Number(query.get('cursor') ?? Number.POSITIVE_INFINITY)
  const size = Math.min(100, Number(query.get('per_page') ?? 30))
  const shown: Delivery[] = []
  let next: number | undefined
  for (let at = github.deliveries.log.length - 1; at >= 0; at--) {
    const delivery = github.deliveries.log[at]
    if (delivery === undefined || delivery.installation.app !== app || delivery.id > from) continue
    if (status !== null && failed(delivery) !== (status === 'failure')) continue
    if (shown.length === size) {
      next = delivery.id
      break
    }
    shown.push(delivery)
  }
  if (next === undefined) return ok(shown.map(item))
  const to = new URL(url)
  to.searchParams.set('cursor', String(next))
  return ok(shown.map(item), { link: `<${to.href}>; rel="next"` })
}

const own = ({ github, app, path }: Asked): Delivery | undefined => {
  const found = github.deliveries.get(Number(path['delivery_id']))
  return found?.installation.app === app ? found : undefined
}

/** The webhooks that an app was sent. */
export const deliveryRoutes: readonly Route[] = [
  { route: 'GET /app/hook/deliveries', as: 'app', handle: list },
  {
    route: 'GET /app/hook/deliveries/{delivery_id}',
    as: 'app',
    handle: (asked) => {
      const found = own(asked)
      if (found === undefined) return missing
      const { requestHeaders, payload, responseHeaders, responseBody } = found
      return ok({
        ...item(found),
        request: { headers: requestHeaders, payload: JSON.parse(payload) as object },
        response: { headers: responseHeaders, payload: responseBody },
      })
    },
  },
  {
    route: 'POST /app/hook/deliveries/{delivery_id}/attempts',
    as: 'app',
    handle: (asked) => {
      const found = own(asked)
      if (found === undefined) return missing
      asked.github.deliveries.attempt(found)
      return { status: 202, body: {} }
    },
  },
  {
    route: 'GET /app/hook/config',
    as: 'app',
    handle: ({ app }) => ok({ content_type: 'json', insecure_ssl: '0', url: app.webhookUrl ?? '', secret: '********' }),
  },
]
