import { execFileSync } from 'node:child_process'
import { findProgram } from './tools.ts'

/** Go reserves more address space than it uses. */
const addressSpace = 4

/** Where the system's own programs are: a judged tree cannot put one there. */
const systemPath = '/usr/bin:/bin:/usr/sbin:/sbin'

const works = (command: readonly string[]): boolean => {
  const [program = '', ...args] = command
  try {
    execFileSync(program, args, { stdio: 'ignore', timeout: 5000, env: {} })
    return true
  } catch {
    return false
  }
}

/**
 * The words before a command that take the network and bound the memory, as far as this machine allows it. Tried once by
 * starting `true`. Where nothing is allowed the environment alone keeps the tools off the network.
 * @param memory bytes
 */
export const confinement = (memory: number): string[] => {
  if (process.platform !== 'linux') return []
  const trial = findProgram('true', systemPath)
  if (trial === undefined) return []
  const words: string[] = []
  const unshare = findProgram('unshare', systemPath)
  const prlimit = findProgram('prlimit', systemPath)
  const candidates = [
    unshare === undefined ? [] : [unshare, '--map-root-user', '--net', '--'],
    prlimit === undefined ? [] : [prlimit, `--as=${addressSpace * memory}`, `--data=${memory}`, '--core=0', '--'],
  ]
  for (const candidate of candidates)
    if (candidate.length > 0 && works([...words, ...candidate, trial])) words.push(...candidate)
  return words
}

/**
 * The whole environment of a tool: none of the machine's credentials or settings, no plugins, no program to start, and
 * a network that ends at a closed port.
 * @param home an empty folder
 */
export const toolEnvironment = (home: string): Record<string, string> => {
  const nowhere = 'http://127.0.0.1:9'
  return {
    HOME: home,
    USERPROFILE: home,
    TMPDIR: home,
    TMP: home,
    TEMP: home,
    PATH: '',
    LANG: 'C',
    KUBECONFIG: `${home}/no-kubeconfig`,
    XDG_CONFIG_HOME: home,
    XDG_CACHE_HOME: home,
    XDG_DATA_HOME: home,
    HELM_PLUGINS: `${home}/no-plugins`,
    HELM_CONFIG_HOME: home,
    HELM_CACHE_HOME: home,
    HELM_DATA_HOME: home,
    KUSTOMIZE_PLUGIN_HOME: `${home}/no-plugins`,
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    ALL_PROXY: nowhere,
    http_proxy: nowhere,
    https_proxy: nowhere,
    NO_PROXY: '',
    GOMEMLIMIT: '768MiB',
    GOTRACEBACK: 'none',
  }
}
