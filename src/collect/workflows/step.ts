import type { Place } from '../../core/facts/place.ts'
import type { Sink, TextFile } from '../collector.ts'
import { asList, asMapping, asString, asText, type Mapping } from '../shape.ts'
import type { YamlDocument } from '../yaml/yaml-file.ts'
import { maxScript, shellCommands, type Command } from './shell.ts'
import { linesOf, placeInValue } from './source-lines.ts'
import { parseUses, type Uses } from './uses.ts'

/** `continue-on-error` and the like: written out, or the outcome of an expression. */
export type Flag = 'yes' | 'no' | 'computed'

/** One step as the collectors of this topic want it. */
export interface Step {
  subject: string
  /** Its name, or what it does in short. */
  label: string
  id?: string
  place: Place
  uses?: Uses
  inputs: Mapping
  env: Mapping
  run?: string
  /** `bash`, `pwsh`, ...; absent where the runner's default applies. */
  shell?: string
  directory: string
  condition?: string
  continueOnError: Flag
  commands: readonly Command[]
  /** The place of one of the step's own keys. */
  at(key: string): Place
  /** The place of one of the inputs. */
  atInput(name: string): Place
  /** The place of a line of `run` (or of the named input), counted from 0, and of a fragment in it. */
  atLine(index: number, fragment?: string, input?: string): Place
}

export const flagOf = (value: unknown): Flag => {
  if (value === true || value === 'true') return 'yes'
  return typeof value === 'string' && value.includes('${{') ? 'computed' : 'no'
}

/** What a workflow or a job gives its steps: `defaults.run`. */
export interface RunDefaults {
  shell?: string
  directory?: string
}

/** Reads `defaults.run`, over the defaults of what is around it. */
export const runDefaults = (holder: Mapping, outer: RunDefaults): RunDefaults => {
  const run = asMapping(asMapping(holder['defaults'])?.['run']) ?? {}
  const shell = asString(run['shell']) ?? outer.shell
  const directory = asString(run['working-directory']) ?? outer.directory
  return { ...(shell === undefined ? {} : { shell }), ...(directory === undefined ? {} : { directory }) }
}

/** Shells whose scripts are read as commands, PowerShell's roughly; python's and perl's are only looked at for expressions. */
const readsCommands = (shell: string | undefined): boolean =>
  shell === undefined || /^((ba|z|da)?sh|pwsh|powershell|cmd)\b/.test(shell)

const labelOf = (step: Mapping, uses: Uses | undefined, run: string | undefined): string =>
  asText(step['name']) ?? uses?.text ?? run?.trim().split('\n')[0]?.slice(0, 60) ?? ''

/** Reads a list of steps. `owner` is what its subject starts with: `job deploy`, or `action`. */
export const readSteps = (
  file: TextFile,
  document: YamlDocument,
  steps: unknown,
  owner: string,
  defaults: RunDefaults,
  sink: Sink,
): Step[] => {
  const lines = linesOf(file)
  return (asList(steps) ?? []).flatMap((item, index): Step[] => {
    const step = asMapping(item)
    if (step === undefined) return []
    const size = Math.max(
      ...[step['run'], ...Object.values(asMapping(step['with']) ?? {})].map((text) => asString(text)?.length ?? 0),
    )
    if (size > maxScript)
      sink.unjudged(document.at(steps, index), 'too-large', `has a script of more than ${maxScript} characters`)
    const text = asString(step['uses'])
    const uses = text === undefined ? undefined : parseUses(text)
    const run = asString(step['run'])?.slice(0, maxScript)
    const runLines = (run ?? '').split('\n')
    const shell = asString(step['shell']) ?? defaults.shell
    const inputs = asMapping(step['with']) ?? {}
    const id = asString(step['id'])
    const condition = asText(step['if'])
    return [
      {
        subject: `${owner} step ${index + 1}`,
        label: labelOf(step, uses, run),
        place: document.at(steps, index),
        ...(id === undefined ? {} : { id }),
        ...(uses === undefined ? {} : { uses }),
        inputs,
        env: asMapping(step['env']) ?? {},
        ...(run === undefined ? {} : { run }),
        ...(shell === undefined ? {} : { shell }),
        directory: asText(step['working-directory']) ?? defaults.directory ?? '',
        ...(condition === undefined ? {} : { condition }),
        continueOnError: flagOf(step['continue-on-error']),
        commands: run !== undefined && readsCommands(shell) ? shellCommands(run) : [],
        at: (key) => document.at(step, key),
        atInput: (name) => document.at(inputs, name),
        atLine: (line, fragment = '', input) =>
          input === undefined
            ? placeInValue(lines, document.at(step, 'run'), runLines, line, fragment)
            : placeInValue(
                lines,
                document.at(inputs, input),
                (asText(inputs[input]) ?? '').split('\n'),
                line,
                fragment,
              ),
      },
    ]
  })
}
