import type * as z from 'zod'
import type { Answer } from '../../ports/answer.ts'
import { ask, type Asker } from './api.ts'

const pageSize = 100

/**
 * Reads a list page by page. `cut`: there may be more than the pages that were read.
 * @param schema gives the items of one page
 */
export const readPages = async <T>(
  asker: Asker,
  route: string,
  parameters: Record<string, unknown>,
  { schema, most }: { schema: z.ZodType<readonly T[]>; most: number },
): Promise<Answer<{ items: readonly T[]; cut: boolean }>> => {
  const items: T[] = []
  for (let page = 1; page <= most; page++) {
    const answer = await ask(asker, route, { ...parameters, per_page: pageSize, page }, { schema, repeat: 'safe' })
    if (!answer.ok) return answer
    items.push(...answer.value)
    if (answer.value.length < pageSize) return { ok: true, value: { items, cut: false } }
  }
  return { ok: true, value: { items, cut: true } }
}

/** Reads a list that is of use whole only. `what` names it where there is more of it than is read. */
export const readAll = async <T>(
  asker: Asker,
  route: string,
  parameters: Record<string, unknown>,
  { schema, most, what }: { schema: z.ZodType<readonly T[]>; most: number; what: string },
): Promise<Answer<readonly T[]>> => {
  const answer = await readPages(asker, route, parameters, { schema, most })
  if (!answer.ok) return answer
  if (!answer.value.cut) return { ok: true, value: answer.value.items }
  return { ok: false, problem: { kind: 'rejected', message: `there are more than ${most * pageSize - 1} ${what}` } }
}
