import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { rules } from 'builtin-rules'
import { diskWorkspace } from '../../../adapters/disk/workspace.ts'
import { InputError } from '../../../core/errors.ts'
import { parsePolicy } from '../../../core/policy.ts'
import { plain } from '../../../render/plain-text.ts'
import type { Arguments } from '../arguments.ts'
import { exitCodes } from '../exit-codes.ts'
import { policyText } from '../init/policy-text.ts'
import { surveyOf } from '../init/survey.ts'
import { policyPaths } from '../policy-source.ts'
import type { Terminal } from '../terminal.ts'

/** A larger workflow is not read. Bytes. */
const maxWorkflowSize = 1_000_000

const write = (path: string, name: string, text: string, force: boolean): void => {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text, { flag: force ? 'w' : 'wx' })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new InputError({ code: 'output-unwritable', message, path: name })
  }
}

const found = (what: string, items: readonly string[]): string =>
  `  ${what}: ${items.length === 0 ? 'none found' : plain(items.join(', '))}\n`

/** `prodgate init`: writes the first policy for what is found, and returns the exit code. */
export const init = async ({ positionals: [dir = '.'], options }: Arguments, terminal: Terminal): Promise<number> => {
  const root = resolve(dir)
  const force = options['force'] === true
  const workspace = diskWorkspace(root)
  const existing = policyPaths.find((path) => existsSync(join(root, path)))
  if (existing !== undefined && !force)
    throw new InputError({ code: 'policy-exists', message: 'is there already', path: existing })
  const files = (await workspace.list()).filter(({ mode }) => mode === 'file' || mode === 'executable')
  const sizes = new Map(files.map(({ path, size }) => [path, size]))
  const survey = surveyOf([...sizes.keys()], (path) =>
    (sizes.get(path) ?? 0) > maxWorkflowSize ? '' : readFileSync(join(root, path), 'utf8'),
  )
  const folders = [...sizes.keys()].flatMap((path) => (path.includes('/') ? (path.split('/')[0] ?? []) : []))
  const text = policyText(survey, [...new Set(folders)].sort())
  const name = existing ?? policyPaths[0]
  const checked = parsePolicy(text, name, rules)
  if ('diagnostics' in checked)
    throw new Error(`the policy for this repository is wrong: ${checked.diagnostics[0]?.message ?? ''}`)
  write(join(root, name), name, text, force)
  terminal.out(
    `Wrote ${name}\n` +
      found('environments in workflows', survey.environments) +
      found(
        'services',
        survey.services.map(({ directory }) => directory),
      ) +
      found('test results', survey.testGlobs) +
      'Next: prodgate check\n',
  )
  return exitCodes.ok
}
