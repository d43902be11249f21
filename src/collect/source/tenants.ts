import type { Sink, TextFile } from '../collector.ts'
import { lineAt } from './paths.ts'

const filter =
  /\b(?:extends\s+(?:OncePerRequestFilter|GenericFilterBean)|implements\s+(?:Filter|HandlerInterceptor|WebFilter)|:\s*(?:OncePerRequestFilter|GenericFilterBean)\(\))/
const header = /"(X-Tenant-?Id|X-Tenant|X-Org(?:anization)?-?Id|Tenant-?Id)"/i
const sets = /\w*(?:Tenant|Organi[sz]ation)\w*\.(?:set\w*|setCurrent\w*)\(/
const limited = /@Profile|@ConditionalOn|isDevelopment|acceptsProfiles|matchesProfiles/

/** A Spring filter that believes the tenant that a header names. */
export const collectTenantFilter = ({ path, text }: TextFile, sink: Sink): void => {
  if (!text.includes('Filter') || !filter.test(text) || !text.includes('getHeader') || !sets.test(text)) return
  const name = header.exec(text)?.[1]
  const component = /^@Component\b/m.exec(text)
  if (name === undefined || component === null) return
  sink.fact({
    kind: 'source.tenant-header',
    subject: 'filter',
    place: { path, line: lineAt(text, component.index), column: 1 },
    value: { header: name, limited: limited.test(text) },
  })
}
