export type Access = 'read' | 'write' | 'unknown'

const accessOf: Readonly<Record<string, Access>> = {
  GET: 'read',
  HEAD: 'read',
  OPTIONS: 'read',
  POST: 'write',
  PUT: 'write',
  PATCH: 'write',
  DELETE: 'write',
}

/** Whether requests of a method change what the service holds. A query that is sent by POST counts as a write. */
export const access = (method: string | undefined): Access => accessOf[method?.toUpperCase() ?? ''] ?? 'unknown'

/** An HTTP method where a text is one, in capitals. */
export const asMethod = (text: string | undefined): string | undefined => {
  const method = text?.trim().toUpperCase()
  return method !== undefined && Object.hasOwn(accessOf, method) ? method : undefined
}

/** The method that a request's name begins with: `GET /products`. */
export const methodIn = (name: string): string | undefined => asMethod(/^\[?([A-Z]{3,7})\]?[\s_:-]/.exec(name)?.[1])

/** The path of a URL, without what may be secret in it or different each time; the text itself where it is none. */
export const pathOf = (url: string): string => {
  const path = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1] ?? url.split(/[?#]/)[0] ?? url
  return path === '' ? '/' : path
}
