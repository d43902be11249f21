import type { Fact } from '../../core/facts/index.ts'
import type { Sink } from '../collector.ts'
import { nameOf, type Script } from './script.ts'

const bare = /^\s*\(\(\s*([A-Za-z_]\w*)(?:\+\+|--)\s*\)\)\s*(?:;|#|$)/
const letForm = /^\s*let\s+["']?([A-Za-z_]\w*)(?:\+\+|--)["']?\s*(?:;|#|$)/

/** Whether a function of the script is only ever called where its failures are looked at. */
const calledAsCondition = (script: Script, name: string): boolean => {
  const calls = script.steps.filter(({ words }) => words.includes(name) && words[1] !== '{')
  return calls.length > 0 && calls.every(({ ends, words }) => !ends && words[0] !== name)
}

/**
 * Emits counters that are raised by a command of their own: `((i++))` fails when `i` was zero. The first that can end
 * the script stands for all of them.
 */
export const emitCounters = (script: Script, sink: Sink): void => {
  const found: Fact<'operations.counter'>[] = []
  for (const step of script.steps) {
    const written = script.lines[step.line - 1] ?? ''
    const name = (bare.exec(written) ?? letForm.exec(written))?.[1]
    if (name === undefined || !step.words.some((word) => word.startsWith(name))) continue
    const starts = new RegExp(
      `^\\s*(?:(?:local|declare|typeset|export|readonly)\\s+(?:-\\w+\\s+)?)?${name}=["']?0["']?\\s*(?:;|#|$)`,
    )
    const zero = script.lines.slice(0, step.line).some((line) => starts.test(line))
    const excused = step.inside !== undefined && calledAsCondition(script, step.inside)
    const endsScript = step.ends && zero && !excused
    found.push({
      kind: 'operations.counter',
      subject: `counter ${name}`,
      place: { path: script.path, line: step.line, column: written.length - written.trimStart().length + 1 },
      value: { name, endsScript, more: 0 },
    })
  }
  const ending = found.filter(({ value }) => value.endsScript)
  for (const fact of found)
    if (fact === ending[0]) sink.fact({ ...fact, value: { ...fact.value, more: ending.length - 1 } })
    else if (!fact.value.endsScript) sink.fact(fact)
}

const home =
  /(?:\/home\/[\w.-]{1,40}\/(?:[\w.-]{1,60}\/){0,4}?(?:IdeaProjects|PycharmProjects|WebstormProjects|GolandProjects|PhpstormProjects|VSCodeProjects|[Pp]rojects?|[Ww]orkspaces?|Desktop|Documents|Downloads|repos|source|src|code|dev|git|github|go\/src)(?:\/[\w.-]{1,80}){1,8}|\/Users\/(?!Shared\/|runner\/)[A-Za-z][\w.-]{1,40}\/[\w./-]{1,200}|[A-Za-z]:\\{1,2}Users\\{1,2}(?!Public|runneradmin|ContainerAdministrator)[\w.-]{1,40}\\[\w.\\-]{1,200})/
/** Users that images and runners have. */
const machines =
  /^\/home\/(?:runner|ubuntu|ec2-user|node|app|www-data|vscode|circleci|gitpod|linuxbrew|jovyan|vagrant|deploy|deployer|user|coder|docker|pi|admin|git|jenkins|azureuser|opc|debian|centos|core|nonroot|appuser|postgres|codespace|builder|build|ci|dev|developer|linux|web|www|site)\//

/** Emits paths that only the author's machine has. */
export const emitDeveloperPaths = (script: Script, sink: Sink): void => {
  const seen = new Set<string>()
  for (const [index, line] of script.lines.entries()) {
    if (line.length > 2_000 || /^\s*#/.test(line)) continue
    const match = home.exec(line)
    if (match === null || machines.test(match[0]) || seen.has(match[0])) continue
    seen.add(match[0])
    sink.fact({
      kind: 'operations.developer-path',
      subject: `script ${script.path}`,
      place: { path: script.path, line: index + 1, column: match.index + 1 },
      value: { path: match[0] },
    })
  }
}

const declares = (words: readonly string[]): boolean =>
  /^(?:export|local|readonly|declare|set|shopt|source|\.|alias|return|\}|\{|fi|done)$/.test(words[0] ?? '') ||
  words.every((word) => /^[A-Za-z_]\w*\+?=/.test(word))

/** The names of the shell scripts that texts name. */
export const scriptNamesIn = (texts: readonly string[]): Set<string> =>
  new Set(texts.flatMap((text) => text.match(/[\w.-]{1,100}\.(?:ba)?sh\b/g) ?? []))

/** Emits the script itself. `run` has the names of the scripts that something else runs. */
export const emitScript = (script: Script, run: ReadonlySet<string>, sink: Sink): void => {
  const name = nameOf(script.path)
  const outside = script.steps.filter(({ inside, words }) => inside === undefined && !declares(words))
  sink.fact({
    kind: 'operations.script',
    subject: `script ${script.path}`,
    place: { path: script.path, line: 1, column: 1 },
    value: {
      stopsAtErrors: script.stopsAtErrors,
      pipefail: script.pipefail,
      commands: script.steps.length,
      sourced: outside.length === 0,
      unattended: run.has(name),
    },
  })
}
