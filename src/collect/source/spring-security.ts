import { lineAt } from './paths.ts'
import type { Program } from './program.ts'
import { springKeys } from './spring-config.ts'

export interface Access {
  access: 'open' | 'guarded' | 'unknown'
  /** Where the login is demanded, as path:line. */
  guard: string
}

const unknown: Access = { access: 'unknown', guard: '' }

const chain = /SecurityFilterChain\s+\w+\s*\(|SecurityWebFilterChain\s+\w+\s*\(|extends\s+WebSecurityConfigurerAdapter/g
const matchers = /\.(?:requestMatchers|antMatchers|mvcMatchers|pathMatchers)\(([^()]{0,2000})\)\s*\.\s*(\w{1,40})\(/g
const allGuarded = /\.any(?:Request|Exchange)\(\)\s*\.\s*(?:authenticated|hasRole|hasAuthority|hasAnyRole|denyAll)\(/
// Rules that are not read: other chains by path, lambdas of Kotlin, endpoints by their class.
const beyond =
  /securityMatchers?\(|web\.ignoring|WebSecurityCustomizer|EndpointRequest|PathRequest|authorize\(|@Profile|@Conditional|permitAll\(\)\s*\.\s*and|new \w*RequestMatcher|\.access\(/

/** Whether an Ant pattern, as Spring Security takes them, is of a path. Compared segment by segment. */
export const antMatches = (pattern: string, path: string): boolean => {
  const wanted = path.split('/')
  const parts = pattern.split('/')
  for (const [index, part] of parts.entries()) {
    if (part === '**') return true
    const at = wanted[index]
    if (at === undefined) return false
    if (part === '*' || part.startsWith('{') || part === at) continue
    return part.includes('*') && at.startsWith(part.slice(0, part.indexOf('*')))
  }
  return parts.length === wanted.length
}

/** Whether Spring Security lets somebody without a login ask for a path; only for one chain of literal matchers. */
export const springAccess = (program: Program, path: string): Access => {
  const files = program.source.filter(
    ({ text }) =>
      text.includes('SecurityFilterChain') || text.includes('WebSecurity') || text.includes('SecurityWebFilterChain'),
  )
  const config = files.filter(({ text }) => text.match(chain) !== null)
  const [only] = config
  if (only === undefined || config.length > 1) return unknown
  const { text } = only
  if ((text.match(chain) ?? []).length !== 1 || beyond.test(text) || !allGuarded.test(text)) return unknown
  if (springKeys(program).some(({ key }) => /^(?:server\.servlet\.context-path|spring\.security\.ignored)/.test(key)))
    return unknown
  const calls = (text.match(/\.(?:requestMatchers|antMatchers|mvcMatchers|pathMatchers)\(/g) ?? []).length
  const read = [...text.matchAll(matchers)]
  if (read.length !== calls) return unknown
  let line = 0
  for (const match of read) {
    const [, inside = '', then] = match
    const patterns = [...inside.matchAll(/"([^"\n]{0,300})"/g)].map(([, pattern = '']) => pattern)
    const others = inside.replace(/"[^"\n]{0,300}"/g, '').replace(/HttpMethod\.\w+|[\s,]/g, '')
    if (others !== '') return unknown
    if (line === 0) line = lineAt(text, match.index)
    if (patterns.some((pattern) => antMatches(pattern, path)))
      return then === 'permitAll'
        ? { access: 'open', guard: '' }
        : { access: 'guarded', guard: `${only.path}:${lineAt(text, match.index)}` }
  }
  if (line === 0) line = lineAt(text, allGuarded.exec(text)?.index ?? 0)
  return { access: 'guarded', guard: `${only.path}:${line}` }
}
