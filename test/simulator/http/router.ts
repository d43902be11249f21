import { allRoutes } from '../routes/index.ts'
import type { Route } from './answer.ts'
import { matchPath } from './path.ts'

export interface Found {
  route: Route
  template: string
  path: Record<string, string>
}

const byMethod = new Map<string, { route: Route; template: string; fixed: number }[]>()
for (const route of allRoutes) {
  const [method = '', template = ''] = route.route.split(' ')
  const fixed = template.split('/').filter((part) => !part.startsWith('{')).length
  byMethod.set(method, [...(byMethod.get(method) ?? []), { route, template, fixed }])
}
// The one with more written out goes first: /pulls/{n}/files before /{a}/{b}/{c}.
for (const routes of byMethod.values()) routes.sort((a, b) => b.fixed - a.fixed)

/** The route of a request and its path's parameters. */
export const findRoute = (method: string, path: string): Found | undefined => {
  for (const { route, template } of byMethod.get(method) ?? []) {
    const values = matchPath(template, path)
    if (values !== undefined) return { route, template, path: values }
  }
  return undefined
}
