import * as z from 'zod'
import type { Answer } from '../../ports/answer.ts'
import type { LoggedDelivery } from '../../ports/forge.ts'
import { askReply, type Asker } from './api.ts'

const maxPages = 20

const Deliveries = z.array(
  z
    .object({
      // Larger than a number holds exactly.
      id: z.union([z.number(), z.bigint()]).transform(String),
      guid: z.string(),
      event: z.string(),
      delivered_at: z.string(),
      status_code: z.number(),
    })
    .transform(({ id, guid, event, delivered_at, status_code }): LoggedDelivery => ({
      id,
      guid,
      event,
      deliveredAt: delivered_at,
      ok: status_code >= 200 && status_code < 300,
    })),
)

/** The cursor of the next page, which the answer's `link` has. */
const nextCursor = (link = ''): string | undefined => {
  const next = link.split(',').find((one) => one.includes('rel="next"'))
  const url = /<([^>]*)>/.exec(next ?? '')?.[1]
  return url !== undefined && URL.canParse(url) ? (new URL(url).searchParams.get('cursor') ?? undefined) : undefined
}

/** Deliveries of the App's webhook that failed since an instant, newest first: at most 2,000. */
export const failedDeliveries = async (asker: Asker, since: Date): Promise<Answer<readonly LoggedDelivery[]>> => {
  const found: LoggedDelivery[] = []
  let cursor: string | undefined
  for (let page = 1; page <= maxPages; page++) {
    const answer = await askReply(
      asker,
      'GET /app/hook/deliveries',
      { status: 'failure', per_page: 100, ...(cursor === undefined ? {} : { cursor }) },
      { schema: Deliveries, repeat: 'safe' },
    )
    if (!answer.ok) return answer
    const { data, headers } = answer.value
    const recent = data.filter(({ deliveredAt }) => Date.parse(deliveredAt) >= since.getTime())
    // An older Enterprise Server does not know the filter, and lists them all.
    found.push(...recent.filter(({ ok }) => !ok))
    cursor = nextCursor(String(headers['link'] ?? ''))
    if (cursor === undefined || recent.length < data.length) break
  }
  return { ok: true, value: found }
}
