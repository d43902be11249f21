/** One command of a scenario and what it must do. */
export interface Step {
  program: 'prodgate' | 'git'
  command: string[]
  /** Files to write before it. */
  writes: Record<string, string>
  env: Record<string, string>
  exit: number
  /** Lines (or parts of lines) that must be there, in this order. */
  stdout: string[]
  stderr: string[]
  /** Parts that must not be there. */
  stdoutLacks: string[]
  stderrLacks: string[]
  /** `path.to.value = <JSON>` of standard output, which must be JSON and nothing else. */
  json: { path: string; value: unknown }[]
  /** Files that must hold these parts afterwards. */
  files: { path: string; parts: string[] }[]
}

/** A story: files, and commands run in their folder one after the other. */
export interface Scenario {
  name: string
  files: Record<string, string>
  steps: Step[]
}

const words = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => single ?? double ?? bare ?? '')

const lines = (body: string): string[] =>
  body
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const stepOf = (line: string): Step => {
  const all = words(line)
  const start = all.findIndex((word) => !/^[A-Z_]+=/.test(word))
  const env = Object.fromEntries(all.slice(0, start).map((pair) => pair.split('=', 2) as [string, string]))
  const program = all[start]
  if (program !== 'prodgate' && program !== 'git') throw new Error(`a run starts with prodgate or git: ${line}`)
  const nothing = { stdout: [], stderr: [], stdoutLacks: [], stderrLacks: [], json: [], files: [], writes: {} }
  return { program, command: all.slice(start + 1), env, exit: 0, ...nothing }
}

const jsonLine = (line: string): { path: string; value: unknown } => {
  const at = line.indexOf(' = ')
  return { path: line.slice(0, at), value: JSON.parse(line.slice(at + 3)) }
}

const expectation = (step: Step, section: string, body: string): void => {
  if (section === 'exit') step.exit = Number(body.trim())
  else if (section === 'stdout') step.stdout = lines(body)
  else if (section === 'stderr') step.stderr = lines(body)
  else if (section === 'stdout lacks') step.stdoutLacks = lines(body)
  else if (section === 'stderr lacks') step.stderrLacks = lines(body)
  else if (section === 'json') step.json = lines(body).map(jsonLine)
  else if (section.startsWith('then ')) step.files.push({ path: section.slice(5), parts: lines(body) })
  else throw new Error(`there is no section "${section}"`)
}

/**
 * Reads a scenario. Its first lines (`# …`) are its name; then come sections, each under a line `-- heading --`:
 * `file <path>` (after a run: written before the next), `run` (commands of prodgate or git; `NAME=value` may stand before
 * them; what is expected is expected of the last), and after a run what it must do: `exit`,
 * `stdout`, `stderr` (lines in order), `stdout lacks`, `stderr lacks`, `json`, `then <path>`.
 */
export const parseScenario = (text: string): Scenario => {
  const [head = '', ...sections] = text.split(/^-- (?=.+ --$)/m)
  let writes: Record<string, string> = {}
  const scenario: Scenario = { name: head.replaceAll(/^# ?/gm, '').trim().replaceAll('\n', ' '), files: {}, steps: [] }
  for (const section of sections) {
    const end = section.indexOf('\n')
    const heading = section.slice(0, end < 0 ? undefined : end).replace(/ --$/, '')
    const body = end < 0 ? '' : section.slice(end + 1)
    const last = scenario.steps.at(-1)
    if (heading.startsWith('file ') && last === undefined) scenario.files[heading.slice(5)] = body
    else if (heading.startsWith('file ')) writes[heading.slice(5)] = body
    else if (heading === 'run') {
      for (const line of lines(body)) {
        scenario.steps.push({ ...stepOf(line), writes })
        writes = {}
      }
    } else if (last === undefined) throw new Error(`${heading} comes before any run`)
    else expectation(last, heading, body)
  }
  return scenario
}
