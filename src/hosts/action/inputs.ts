import { isAbsolute, posix, relative, resolve, sep } from 'node:path'
import type { EvidenceGlobs } from '../../collect/evidence/collect-evidence.ts'
import { InputError } from '../../core/errors.ts'
import { evidenceKinds, type EvidenceKind } from '../../core/evidence-kinds.ts'

/** Every input of action.yml with its default there; `test/contract/` proves the two equal. Empty means the default. */
export const inputDefaults = {
  directory: '.',
  environment: 'production',
  policy: '',
  evidence: '',
  report: '',
  sarif: '',
  comment: 'auto',
  'fail-on': 'no-go',
  token: '${{ github.token }}',
} as const
export type InputName = keyof typeof inputDefaults

export const failOn = ['no-go', 'conditional', 'never'] as const
export const commenting = ['auto', 'never'] as const

/** Where the policy is kept unless the input names another path. */
export const defaultPolicyPath = '.github/prodgate.yml'

export interface Inputs {
  /** Absolute. */
  directory: string
  environment: string
  /** `path` is in the repository, or absolute and outside the workspace. */
  policy: { path: string; named: boolean }
  evidence: EvidenceGlobs
  /** Absolute paths of the files to write. */
  report: string
  sarif: string
  /** Where the HTML report is asked for; undefined where it is not. */
  html: string | undefined
  comment: (typeof commenting)[number]
  failOn: (typeof failOn)[number]
  /** Undefined when there is none. */
  token: string | undefined
}

const usage = (message: string): InputError => new InputError({ code: 'usage', message })

const oneOf = <T extends string>(name: InputName, values: readonly T[], value: string): T => {
  const found = values.find((candidate) => candidate === value)
  if (found === undefined) throw usage(`input "${name}" is "${value}"; it can be ${values.join(', ')}`)
  return found
}

const parseEvidence = (lines: string): EvidenceGlobs => {
  const globs: { [Kind in EvidenceKind]?: string[] } = {}
  for (const line of lines.split('\n').map((text) => text.trim())) {
    if (line === '') continue
    const at = line.indexOf('=')
    const kind = evidenceKinds.find((candidate) => candidate === line.slice(0, Math.max(at, 0)).trim())
    const glob = line.slice(at + 1).trim()
    if (kind === undefined || glob === '')
      throw usage(
        `input "evidence" has the line "${line}"; each is kind=glob with a kind of ${evidenceKinds.join(', ')}`,
      )
    ;(globs[kind] ??= []).push(glob)
  }
  return globs
}

const outside = (folder: string, path: string): boolean => {
  const way = relative(folder, path)
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
}

const policyPath = (named: string, workspace: string): Inputs['policy'] => {
  if (named === '') return { path: defaultPolicyPath, named: false }
  if (isAbsolute(named)) {
    // A file of the checkout by its absolute path would slip past the base branch.
    if (outside(workspace, named)) return { path: named, named: true }
    throw usage(`input "policy" is "${named}"; a policy of the repository is named by its path in the repository`)
  }
  const path = posix.normalize(named.replaceAll('\\', '/'))
  if (path.startsWith('../') || path === '..') throw usage(`input "policy" is "${named}", which leaves the repository`)
  return { path, named: true }
}

/**
 * Reads the inputs.
 * @param read an input by its name, trimmed, as `getInput` of @actions/core does
 * @throws InputError where a value is not understood
 */
export const readInputs = (
  read: (name: InputName) => string,
  { workspace, temporary }: { workspace: string; temporary: string },
): Inputs => {
  const value = (name: InputName): string => read(name) || (name === 'token' ? '' : inputDefaults[name])
  const environment = value('environment')
  const file = (name: 'report' | 'sarif', ending: string): string => {
    const path = value(name)
    if (path !== '') return resolve(workspace, path)
    return resolve(temporary, `prodgate-${environment.replace(/[^\w.-]+/g, '_')}.${ending}`)
  }
  // A report whose name ends in .html is the page for people; the JSON report stands beside it.
  const page = /\.html?$/i
  const report = file('report', 'json')
  const html = page.test(report) ? report : undefined
  return {
    directory: resolve(workspace, value('directory')),
    environment,
    policy: policyPath(value('policy'), workspace),
    evidence: parseEvidence(value('evidence')),
    report: report.replace(page, '.json'),
    html,
    sarif: file('sarif', 'sarif'),
    comment: oneOf('comment', commenting, value('comment')),
    failOn: oneOf('fail-on', failOn, value('fail-on')),
    token: value('token') || undefined,
  }
}
