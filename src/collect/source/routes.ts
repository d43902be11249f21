import { frameworkOf } from './frameworks.ts'
import { nextRoute } from './next-routes.ts'
import type { Program } from './program.ts'
import { springRoute } from './spring-routes.ts'

export interface Verdict {
  route: 'exists' | 'missing' | 'unknown'
  because: string
}

export type Route = Verdict & { framework: string }

/** In front of the program, another server answers. */
const otherServer = /nginx|httpd|apache|caddy|traefik|haproxy|openresty|php|tomcat|jetty|wildfly/

/** Libraries that bring routes of their own, by what the routes are about. */
const bringsHealth = /health|terminus|lightship|actuator|liveness|readiness|controller-runtime|knative/i
const bringsMetrics = /prom|metric|micrometer|opentelemetry|otel|telemetry|statsd|actuator|instrument/i

const catchAll =
  /\.(?:get|all|use|route)\(\s*["'`](?:\/?\*|\/\*|\/\{\*)|\.(?:use|mount|Mount)\(\s*["'`]\/["'`]|(?:HandleFunc|Handle|PathPrefix)\(\s*"(?:[A-Z]+ )?\/"|<path:|\{\w+:path\}|NoRoute\(|NotFound\(|StaticFiles\(|ReverseProxy|createProxyMiddleware|http-proxy|spring-cloud-starter-gateway|MapFallback|MapReverseProxy|MapDefaultEndpoints|(?:get|match)\s+['"]\*|RouterFunction|\.use\(\s*express\.static|sendFile\(|@RequestMapping\(\s*"\/\*\*/

const segmentsOf = (text: string): string[] => text.split('/').filter((part) => part !== '')

const isParameter = (part: string): boolean => /^(?::[A-Za-z_]|\{\w|<\w|\[\w|\$\{\w)/.test(part)

/** Whether a literal with parameters, as `/orders/:id`, may be the end of the path. */
const endsPath = (pattern: readonly string[], path: readonly string[]): boolean => {
  const from = path.length - pattern.length
  if (from < 0 || pattern.length === 0) return false
  return pattern.every((part, index) => isParameter(part) || part === path[from + index])
}

/** Whether the path can be put together from whole literals of the source, as prefixes of routers are. */
const isComposed = (path: readonly string[], literals: ReadonlySet<string>): boolean => {
  const has = (part: readonly string[]): boolean => {
    const text = part.join('/')
    return [text, `/${text}`, `${text}/`, `/${text}/`, `GET /${text}`, `^${text}/?$`].some((form) => literals.has(form))
  }
  const reachable = [true]
  for (let end = 1; end <= path.length; end++)
    reachable[end] = path.some((_, start) => start < end && reachable[start] === true && has(path.slice(start, end)))
  return reachable[path.length] === true
}

const unknown = (because: string): Verdict => ({ route: 'unknown', because })

const judge = (program: Program, framework: string, path: string): Verdict => {
  const wanted = segmentsOf(path)
  const { literals } = program
  const split = program.set.once('segments', () =>
    [...literals].filter((value) => /^[\w./:{}<>*$()@?+-]*$/.test(value)).map(segmentsOf),
  )
  if (isComposed(wanted, literals)) return { route: 'exists', because: '' }
  if (
    split.some(
      (pattern) => pattern.some(isParameter) && !(pattern[0] ?? '').startsWith('${') && endsPath(pattern, wanted),
    )
  )
    return unknown('a route with a parameter may answer it')
  if (program.find(catchAll) !== undefined) return unknown('a route that answers every path may answer it')
  const about = /metric|prometheus/i.test(path) ? bringsMetrics : bringsHealth
  if (about.test(program.libraries)) return unknown('a library may answer it')
  const known = program.set.once('known segments', () => new Set(split.flat()))
  const absent = wanted.find((part) => !known.has(part) && !program.words.has(part))
  if (absent === undefined) return unknown('routes are put together in a way that is not followed')
  return { route: 'missing', because: `nothing in the ${framework} source names "${absent}"` }
}

const judgeAny = (program: Program, path: string, framework: string | undefined): Verdict => {
  if (framework === undefined) return { route: 'unknown', because: 'what serves it is not one of the known frameworks' }
  if (program.cut) return { route: 'unknown', because: 'there is more source than is read' }
  if (otherServer.test(program.file.base)) return { route: 'unknown', because: `${program.file.base} answers first` }
  if (framework === 'Next.js') return nextRoute(program, path)
  if (framework === 'Spring Boot') {
    const spring = springRoute(program, path)
    if (spring !== undefined) return spring
  }
  if (framework === 'ASP.NET Core' && program.find(/Map(?:Controllers|Razor|Blazor|Grpc)/) !== undefined)
    return { route: 'unknown', because: 'controllers are not followed' }
  return judge(program, framework, path)
}

/** Whether the source of a program answers a path. */
export const routeOf = (program: Program, asked: string): Route =>
  program.once(`route ${asked}`, () => findRoute(program, asked))

const findRoute = (program: Program, asked: string): Route => {
  const path = asked.split(/[?#]/)[0] ?? asked
  const framework = frameworkOf(program)
  const computed = /[$%{]/.test(path)
  const verdict: Verdict = computed
    ? { route: 'unknown', because: 'the path is computed' }
    : path === '/' || path === ''
      ? { route: 'unknown', because: 'the root may be answered by anything' }
      : judgeAny(program, path, framework)
  return { ...verdict, framework: framework ?? '' }
}
