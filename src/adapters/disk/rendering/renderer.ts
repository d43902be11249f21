import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ManifestRenderer, Rendered, RenderRequest } from '../../../ports/renderer.ts'
import { confinement, toolEnvironment } from './confinement.ts'
import { privateCopy } from './private-copy.ts'
import { runBounded, type Outcome } from './run-bounded.ts'
import { findTool, type Tool } from './tools.ts'

/** What renderings may use. */
export interface RenderingBounds {
  /** Milliseconds for one. */
  each: number
  /** Milliseconds for all. */
  all: number
  /** Bytes that one may write. */
  output: number
  /** Bytes of memory that one may take; a large chart takes a tenth of the default. */
  memory: number
}

const defaults: RenderingBounds = { each: 10_000, all: 60_000, output: 16_000_000, memory: 1_500_000_000 }

/** The cluster that charts are told of: old enough to be still in use, whatever helm itself was built for. */
const kubeVersion = '1.33.0'

/** Built-in groups that helm does not know of by itself: charts fall back to versions that are long gone. */
const alwaysThere = ['apiregistration.k8s.io/v1', 'apiextensions.k8s.io/v1']

const install = {
  kustomize: 'kustomize (or kubectl) is not installed: see https://kubectl.docs.kubernetes.io/installation/kustomize/',
  helm: 'helm is not installed: see https://helm.sh/docs/intro/install/',
} as const

/** A tool's first complaint, without the temporary folder's name. */
const complaint = (said: string, root: string): string => {
  if (/out of memory|cannot allocate memory|Resource temporarily unavailable/i.test(said))
    return 'it needs too much memory'
  const plain = said.replaceAll(`${root}/tree/`, '').replaceAll(`${root}/`, '').replaceAll(root, '.')
  const line =
    plain.split('\n').find((text) => text.trim() !== '' && !/^WARNING|^# Warning/i.test(text)) ?? 'it gave no reason'
  return line
    .trim()
    .replace(/^Error: /, '')
    .slice(0, 300)
}

const told = (outcome: Outcome, root: string, bounds: RenderingBounds): Rendered => {
  switch (outcome.ended) {
    case 'well':
      return { ok: true, text: outcome.output, prefix: '../tree/' }
    case 'too-slow':
      return { ok: false, problem: 'too-slow', reason: `it takes longer than ${bounds.each / 1000} s` }
    case 'too-large':
      return { ok: false, problem: 'too-large', reason: `it gives more than ${bounds.output / 1_000_000} MB` }
    case 'failed':
  }
  return { ok: false, problem: 'failed', reason: complaint(outcome.error, root) }
}

const wordsFor = (request: RenderRequest, tool: Tool, root: string): string[] => {
  const inTree = (path: string): string => (path === '' ? join(root, 'tree') : join(root, 'tree', path))
  if (request.tool === 'helm') {
    const values = request.values.flatMap((path) => ['--values', inTree(path)])
    const { release, namespace } = request
    const cluster = ['--kube-version', kubeVersion, ...alwaysThere.flatMap((api) => ['--api-versions', api])]
    const options = ['--namespace', namespace, ...cluster, '--skip-tests']
    return [tool.path, ...tool.words, release, inTree(request.folder), ...options, ...values]
  }
  // A kustomization of our own above the judged one asks for the origins of all objects, and leaves it as it is.
  const top = join(root, 'top')
  mkdirSync(top)
  const folder = request.folder === '' ? '../tree' : `../tree/${request.folder}`
  const kustomization = { resources: [folder], buildMetadata: ['originAnnotations'] }
  writeFileSync(join(top, 'kustomization.yaml'), JSON.stringify(kustomization))
  return [tool.path, ...tool.words, top]
}

const identity = async (request: RenderRequest): Promise<string> => {
  // Loaded here: few repositories have anything to render, and Node takes its time over it.
  const { createHash } = await import('node:crypto')
  const hash = createHash('sha256')
  hash.update(JSON.stringify([request.tool, request.folder, request.values, request.release, request.namespace]))
  for (const [path, bytes] of [...request.files].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`\n${path}\n${bytes.length}\n`).update(bytes)
  return hash.digest('hex')
}

/**
 * Renders with the tools of this machine, each time on a private copy of the files, confined as far as the machine
 * allows it. The same request is rendered once: a pull request's base mostly is what its head is.
 * @param searchPath where programs are, as in the variable PATH
 */
export const diskRenderer = (searchPath: string, bounds: RenderingBounds = defaults): ManifestRenderer => {
  const known = new Map<string, Promise<Rendered>>()
  const tools = new Map<RenderRequest['tool'], Tool | undefined>()
  let confined: string[] | undefined
  let spent = 0
  const toolFor = (name: RenderRequest['tool']): Tool | undefined => {
    if (!tools.has(name)) tools.set(name, findTool(name, searchPath))
    return tools.get(name)
  }
  const render = async (request: RenderRequest): Promise<Rendered> => {
    const tool = toolFor(request.tool)
    if (tool === undefined) return { ok: false, problem: 'missing-tool', reason: install[request.tool] }
    const time = Math.min(bounds.each, bounds.all - spent)
    if (time <= 0) {
      const reason = `what was rendered before it took ${bounds.all / 1000} s, and no more is given`
      return { ok: false, problem: 'too-slow', reason }
    }
    confined ??= confinement(bounds.memory)
    const start = performance.now()
    let copy
    try {
      copy = privateCopy(request.files)
    } catch (error) {
      const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
      return { ok: false, problem: 'failed', reason: `its files could not be copied: ${why}` }
    }
    try {
      const command = [...confined, ...wordsFor(request, tool, copy.root)]
      const options = { cwd: join(copy.root, 'home'), env: toolEnvironment(join(copy.root, 'home')) }
      return told(await runBounded(command, options, { time, output: bounds.output }), copy.root, bounds)
    } finally {
      copy.remove()
      spent += performance.now() - start
    }
  }
  return {
    render: async (request) => {
      const id = await identity(request)
      const before = known.get(id) ?? render(request)
      known.set(id, before)
      return before
    },
  }
}
