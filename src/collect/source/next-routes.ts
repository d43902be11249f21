import type { Program } from './program.ts'
import type { Verdict } from './routes.ts'

const routeFile =
  /^(?:src\/)?(?:app\/(.*\/)?(?:route|page)\.[cm]?[jt]sx?|app\/(.*\/)?page\.mdx?|pages\/(.+)\.[cm]?[jt]sx?)$/
const metadataRoutes = /^\/(?:robots\.txt|sitemap\.xml|favicon\.ico|manifest\.webmanifest|_next\/)/

/** The segments that a file under app/ or pages/ answers; groups and slots are not part of the path. */
const segmentsOf = (path: string): string[] | undefined => {
  const match = routeFile.exec(path)
  if (match === null) return undefined
  const inside = match[1] ?? match[2] ?? match[3] ?? ''
  const parts = inside.split('/').filter((part) => part !== '' && !/^\(.*\)$|^@/.test(part))
  return match[3] !== undefined && parts.at(-1) === 'index' ? parts.slice(0, -1) : parts
}

const matches = (pattern: readonly string[], path: readonly string[]): boolean => {
  for (const [index, part] of pattern.entries()) {
    if (part.startsWith('[[...')) return true
    if (part.startsWith('[...')) return path.length > index
    if (path[index] === undefined || (!part.startsWith('[') && part !== path[index])) return false
  }
  return pattern.length === path.length
}

/** Whether the files of a Next.js application answer a path. */
export const nextRoute = (program: Program, path: string): Verdict => {
  const wanted = path.split('/').filter((part) => part !== '')
  const inside = (full: string): string => full.slice(program.home === '' ? 0 : program.home.length + 1)
  for (const full of program.paths.below(program.home)) {
    const own = inside(full)
    const pattern = segmentsOf(own)
    if (pattern !== undefined && matches(pattern, wanted)) return { route: 'exists', because: '' }
    if (own === `public${path}`) return { route: 'exists', because: '' }
  }
  if (metadataRoutes.test(path)) return { route: 'unknown', because: 'the framework may answer it itself' }
  const config = program.texts.find(({ path: full }) => /^next\.config\.[cm]?[jt]s$/.test(inside(full)))
  if (config !== undefined && /rewrites|basePath/.test(config.text))
    return { route: 'unknown', because: `${config.path} rewrites paths` }
  const middleware = program.texts.find(({ path: full }) =>
    /^(?:src\/)?(?:middleware|proxy)\.[jt]s$/.test(inside(full)),
  )
  if (middleware !== undefined && (/rewrite/.test(middleware.text) || middleware.text.includes(wanted.at(-1) ?? path)))
    return { route: 'unknown', because: `${middleware.path} may answer it` }
  return { route: 'missing', because: `no file under app/ or pages/ answers ${path}` }
}
