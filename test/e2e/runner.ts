import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { inputDefaults, type InputName } from '../../src/hosts/action/inputs.ts'

export const root = join(import.meta.dirname, '../..')
const node = join(root, 'node_modules/.bin/node')

/** What a step left behind. */
export interface Step {
  code: number | null
  stdout: string
  stderr: string
  outputs: Record<string, string>
  summary: string
}

interface Finished {
  code: number | null
  stdout: string
  stderr: string
}

const start = (args: readonly string[], env: Record<string, string>, cwd: string): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const child = spawn(node, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    const text = { stdout: '', stderr: '' }
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (part: string) => {
        text[stream] += part
      })
    child.on('error', reject).on('close', (code) => resolve({ code, ...text }))
  })

/** Writes files below a folder. */
export const lay = (folder: string, files: Record<string, string>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** A runner's folders: the workspace with its files, and the temporary one. */
export const newWorkspace = (files: Record<string, string>): { workspace: string; temporary: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'prodgate-run-'))
  const workspace = join(folder, 'shop')
  const temporary = join(folder, '_temp')
  mkdirSync(temporary, { recursive: true })
  mkdirSync(workspace, { recursive: true })
  lay(workspace, files)
  return { workspace, temporary }
}

/** Outputs as the runner reads them from GITHUB_OUTPUT: `name<<delimiter`, lines, `delimiter`. */
const readOutputs = (text: string): Record<string, string> => {
  const outputs: Record<string, string> = {}
  const lines = text.split('\n')
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const [name, delimiter] = line.split('<<')
    if (name === undefined || delimiter === undefined) continue
    outputs[name] = lines.splice(0, lines.indexOf(delimiter)).join('\n')
    lines.shift()
  }
  return outputs
}

/** Starts the bundle as the runner does: inputs and context in the environment, outputs and summary through files. */
export const runStep = async (
  bundle: string,
  { workspace, temporary }: { workspace: string; temporary: string },
  event: { name: string; payload: unknown; sha: string; repository: string },
  apiUrl: string,
  inputs: Partial<Record<InputName, string>>,
): Promise<Step> => {
  const files = { event: '', output: '', summary: '' }
  for (const name of ['event', 'output', 'summary'] as const) {
    files[name] = join(temporary, `${name}-file`)
    writeFileSync(files[name], name === 'event' ? JSON.stringify(event.payload) : '')
  }
  // The runner gives every input of action.yml, the defaults among them.
  const given = { ...inputDefaults, token: '', ...inputs }
  const variables = Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  const finished = await start(
    [bundle],
    {
      PATH: process.env['PATH'] ?? '',
      HOME: temporary,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_API_URL: apiUrl,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_EVENT_NAME: event.name,
      GITHUB_EVENT_PATH: files.event,
      GITHUB_REPOSITORY: event.repository,
      GITHUB_SHA: event.sha,
      GITHUB_OUTPUT: files.output,
      GITHUB_STEP_SUMMARY: files.summary,
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: temporary,
      ...Object.fromEntries(variables),
    },
    workspace,
  )
  return {
    ...finished,
    outputs: readOutputs(readFileSync(files.output, 'utf8')),
    summary: readFileSync(files.summary, 'utf8'),
  }
}
