import * as z from 'zod'
import type { Answer } from '../../ports/answer.ts'
import { type Asker } from './api.ts'
import { readPages } from './pages.ts'

const maxPages = 100

const Installation = z
  .object({
    id: z.number(),
    account: z.object({ login: z.string().optional(), slug: z.string().optional() }).nullable(),
    permissions: z.record(z.string(), z.string()),
    events: z.array(z.string()),
    suspended_at: z.string().nullish(),
  })
  .transform(({ id, account, permissions, events, suspended_at: suspendedAt }) => ({
    id,
    account: account?.login ?? account?.slug ?? '',
    permissions,
    events,
    suspended: typeof suspendedAt === 'string',
  }))
export type Installation = z.infer<typeof Installation>

const Repositories = z
  .object({
    repositories: z.array(z.object({ id: z.number(), name: z.string(), owner: z.object({ login: z.string() }) })),
  })
  .transform(({ repositories }) => repositories)

/** Where the App is installed, the first 10,000; without those that are suspended, which answer nothing. */
export const installations = async (asker: Asker): Promise<Answer<readonly Installation[]>> => {
  const route = 'GET /app/installations'
  const answer = await readPages(asker, route, {}, { schema: z.array(Installation), most: maxPages })
  return answer.ok ? { ok: true, value: answer.value.items.filter(({ suspended }) => !suspended) } : answer
}

/** The repositories of one installation, the first 10,000. The asker's token is the installation's. */
export const repositoriesOf = async (
  asker: Asker,
): Promise<Answer<readonly { id: number; name: string; owner: string }[]>> => {
  const route = 'GET /installation/repositories'
  const answer = await readPages(asker, route, {}, { schema: Repositories, most: maxPages })
  if (!answer.ok) return answer
  return { ok: true, value: answer.value.items.map(({ id, name, owner }) => ({ id, name, owner: owner.login })) }
}
