import { isAbsolute, join, relative, resolve } from 'node:path'

const isInside = (path: string, folder: string): boolean => {
  const way = relative(folder, path)
  return way === '' || (!way.startsWith('..') && !isAbsolute(way))
}

/** Where a user's programs keep what can be made again. */
const cacheHome = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined => {
  const { HOME: home, XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = env
  if (platform === 'win32') return local
  if (xdg !== undefined && isAbsolute(xdg)) return xdg
  if (home === undefined || !isAbsolute(home)) return undefined
  return platform === 'darwin' ? join(home, 'Library/Caches') : join(home, '.cache')
}

/**
 * Where the program's compiled code may be kept between runs: NODE_COMPILE_CACHE where the user has set it, else a folder that
 * only the user writes to (never one that all users share, from which somebody else's code could be run). Nowhere where
 * NODE_DISABLE_COMPILE_CACHE says so.
 * @param judged directories that may be judged: nothing is written below them
 */
export const codeCacheFolder = (
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  judged: readonly string[],
): string | undefined => {
  if (env['NODE_DISABLE_COMPILE_CACHE'] === '1') return undefined
  const named = env['NODE_COMPILE_CACHE']
  const home = cacheHome(env, platform)
  const folder = named !== undefined && named !== '' ? resolve(named) : home && join(home, 'prodgate')
  if (folder === undefined || folder === '') return undefined
  return judged.some((path) => isInside(folder, resolve(path))) ? undefined : folder
}
