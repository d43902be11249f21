import type { Place } from '../../core/facts/place.ts'
import type { Sink } from '../collector.ts'
import { defined } from '../shape.ts'
import { emitInputs } from './action-inputs.ts'
import { actionCheckKind, checkKind, saysItTests, verifiesByName, type CheckKind } from './checks.ts'
import { expressionsIn, isAlwaysTrue, trustOf } from './expressions.ts'
import { retiredAction } from './retired.ts'
import { actionScan, commandScan, type Scan } from './scanners.ts'
import { maxScript } from './shell.ts'
import type { Step } from './step.ts'
import { commandSuppression, stepSuppression, type Suppression } from './suppression.ts'
import { inputOf, isBranchLike, isPinned, usesAction, type Uses } from './uses.ts'

/** What steps take from the job and the workflow around them. */
export interface StepScope {
  privileged: boolean
  /** Names of free-text inputs of workflow_dispatch, in lower case. */
  freeText: ReadonlySet<string>
  /** Literal `env` in force around the step. */
  env: Readonly<Record<string, string>>
  jobContinues: boolean
  /** The whole job as text, to see who looks at a step's outcome. */
  text: string
}

/** Reports one use of an action or of a reusable workflow. */
export const emitUses = (uses: Uses, subject: string, place: Place, sink: Sink): void => {
  const retired = uses.source === 'repository' ? retiredAction(uses.name, uses.ref) : undefined
  sink.fact({
    kind: 'workflows.action',
    subject,
    place,
    value: defined({
      uses: uses.text,
      name: uses.name,
      ref: uses.ref,
      source: uses.source,
      firstParty: uses.source === 'repository' && /^(actions|github)\//i.test(uses.name),
      pinned: isPinned(uses),
      branchLike: isBranchLike(uses),
      retired,
    }),
  })
}

/** Inputs of well-known actions that are run as code, as zizmor lists them. */
const codeInputs: readonly [string, string][] = [
  ['actions/github-script', 'script'],
  ['azure/cli', 'inlineScript'],
  ['azure/powershell', 'inlineScript'],
  ['appleboy/ssh-action', 'script'],
  ['nick-fields/retry', 'command'],
  ['nick-invision/retry', 'command'],
  ['addnab/docker-run-action', 'run'],
  ['devcontainers/ci', 'runCmd'],
  ['mikefarah/yq', 'cmd'],
]

const scriptsOf = (step: Step): { text: string; input?: string }[] => [
  ...(step.run === undefined ? [] : [{ text: step.run }]),
  ...codeInputs.flatMap(([action, input]) => {
    const text = usesAction(step.uses, action) ? inputOf(step.inputs, input.toLowerCase()) : undefined
    return text === undefined ? [] : [{ text: text.slice(0, maxScript), input }]
  }),
]

const stringEntries = (env: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (typeof value === 'string' ? [[name.toLowerCase(), value]] : [])),
  )

/** The strings of `env`, by names in lower case, over what is in force around it. */
export const envOver = (
  outer: Readonly<Record<string, string>>,
  env: Record<string, unknown>,
): Readonly<Record<string, string>> => ({ ...outer, ...stringEntries(env) })

const emitExpressions = (step: Step, scope: StepScope, sink: Sink): void => {
  const env = envOver(scope.env, step.env)
  for (const { text, input } of scriptsOf(step)) {
    let line = 0
    let counted = 0
    for (const expression of expressionsIn(text)) {
      line += text.slice(counted, expression.offset).split('\n').length - 1
      counted = expression.offset
      const trust = trustOf(expression.text, env)
      const name = /^(?:github\.event\.)?inputs\.([\w-]+)/.exec(trust.context)?.[1]
      const fixed = name !== undefined && !scope.freeText.has(name)
      const source = text.slice(expression.offset, text.indexOf('}}', expression.offset) + 2)
      sink.fact({
        kind: 'workflows.expression',
        subject: step.subject,
        place: step.atLine(line, source, input),
        value: {
          text: expression.text.slice(0, 120),
          origin: fixed ? 'trusted' : trust.origin,
          context: fixed ? '' : trust.context,
          privileged: scope.privileged,
          dumpsSecrets: /tojson\(\s*secrets\s*\)/i.test(expression.text),
        },
      })
    }
  }
}

/** Commands to the runner: what is written to the log, and what went to files in their place. */
const emitCommands = (step: Step, sink: Sink): void => {
  for (const [index, line] of (step.run ?? '').split('\n').entries()) {
    const old = /::(set-output|save-state|set-env|add-path)(?: |::)/.exec(line)
    const file = /\$\{?(?:env:)?GITHUB_(OUTPUT|STATE|ENV|PATH)\b/.exec(line)
    const name = old?.[1] ?? file?.[0]
    if (name === undefined) continue
    sink.fact({
      kind: 'workflows.command',
      subject: step.subject,
      place: step.atLine(index, old?.[0].trim() ?? name),
      value: { name, insecure: name === 'set-env' || name === 'add-path', retired: old !== null },
    })
  }
}

const worse = (command: Suppression, step: Suppression): Suppression => (step.suppressed ? step : command)

const emitCheck = (step: Step, kind: CheckKind, command: string, place: Place, fate: Suppression, sink: Sink): void =>
  sink.fact({
    kind: 'workflows.check',
    subject: step.subject,
    place,
    value: defined({ kind, command, suppressed: fate.suppressed, how: fate.how, lostInPipe: fate.lostInPipe }),
  })

/** A scan of a step, with what the workflow around the scanner does to its failure. */
export interface PlacedScan extends Scan {
  subject: string
  place: Place
}

const placedScan = (step: Step, scan: Scan, place: Place, fate: Suppression): PlacedScan => {
  const base = { ...scan, subject: step.subject, place }
  if (fate.suppressed) return { ...base, canFail: 'no', because: fate.how ?? '' }
  if (fate.lostInPipe) return { ...base, canFail: 'no', because: 'its status is lost in a pipe' }
  if (scan.canFail === 'yes' && step.continueOnError === 'computed')
    return { ...base, canFail: 'unknown', because: 'continue-on-error is computed' }
  return base
}

/** Whether a step can never run, so that nothing in it counts. */
const isOff = (step: Step): boolean => /^(\$\{\{\s*)?false(\s*\}\})?$/.test(step.condition?.trim() ?? '')

export interface StepChecks {
  tests: boolean
  scans: PlacedScan[]
}

const emitChecks = (step: Step, scope: StepScope, sink: Sink): StepChecks => {
  const found: StepChecks = { tests: false, scans: [] }
  if (isOff(step)) return found
  found.tests = saysItTests(step)
  const whole = stepSuppression(step, scope.jobContinues, scope.text)
  const scan = step.uses === undefined ? undefined : actionScan(step)
  if (scan !== undefined) found.scans.push(placedScan(step, scan, step.at('uses'), whole))
  const kind = actionCheckKind(step)
  if (kind !== undefined) {
    emitCheck(step, kind, step.uses?.name ?? '', step.place, whole, sink)
    found.tests ||= kind === 'test'
  }
  for (const [index, { words, line }] of step.commands.entries()) {
    const scanned = commandScan(words)
    const check =
      scanned === undefined ? (checkKind(words) ?? (verifiesByName(step, words) ? 'verify' : undefined)) : undefined
    if (scanned === undefined && check === undefined) continue
    const fate = worse(commandSuppression(step, index), whole)
    const place = step.atLine(line, words[0] ?? '')
    if (scanned !== undefined) found.scans.push(placedScan(step, scanned, place, fate))
    if (check === undefined) continue
    emitCheck(step, check, words.slice(0, 4).join(' ').slice(0, 80), place, fate, sink)
    found.tests ||= check === 'test'
  }
  return found
}

/** Reports an `if`. */
export const emitCondition = (text: string | undefined, subject: string, place: Place, sink: Sink): void => {
  if (text === undefined) return
  sink.fact({
    kind: 'workflows.condition',
    subject,
    place,
    value: {
      text: text.trim().slice(0, 120),
      alwaysTrue: isAlwaysTrue(text),
      readsSecrets: /(^|[^\w.-])secrets\s*[.[]/i.test(text.replace(/'[^']*'/g, "''")),
    },
  })
}

/** Reports `ACTIONS_ALLOW_UNSECURE_COMMANDS` where an `env` turns the old commands on again. */
export const emitInsecureEnv = (
  env: Record<string, unknown>,
  subject: string,
  at: (name: string) => Place,
  sink: Sink,
): void => {
  for (const [name, value] of Object.entries(env))
    if (
      name.toUpperCase() === 'ACTIONS_ALLOW_UNSECURE_COMMANDS' &&
      (value === true || /^(true|1|yes|on)$/i.test(String(value)))
    )
      sink.fact({
        kind: 'workflows.command',
        subject,
        place: at(name),
        value: { name, insecure: true, retired: false },
      })
}

/** Reports everything that one step shows by itself, and returns what it tests and scans. */
export const emitStep = (step: Step, scope: StepScope, sink: Sink, envAt: (name: string) => Place): StepChecks => {
  if (step.uses !== undefined) emitUses(step.uses, step.subject, step.at('uses'), sink)
  emitInputs(step, sink)
  emitExpressions(step, scope, sink)
  emitCommands(step, sink)
  emitCondition(step.condition, step.subject, step.at('if'), sink)
  emitInsecureEnv(step.env, step.subject, envAt, sink)
  return emitChecks(step, scope, sink)
}
