import type { FactValue } from '../../core/facts/index.ts'
import { defined } from '../shape.ts'
import { readBase } from './base-facts.ts'
import type { Context } from './context.ts'
import { copyFact } from './copy-facts.ts'
import { knownImage } from './known-images.ts'
import { runFacts } from './run-facts.ts'
import { lastStep, rootOf, stepsThrough, type Stage, type Step } from './stages.ts'
import { healthcheckFact, privilegeTool, startFact } from './start-facts.ts'
import { variableFacts } from './variable-facts.ts'

type RunsAs = FactValue<'docker.stage'>['runsAs']

const rootNames = /^(?:root|0+|containeradministrator|administrator)$/i

/** The user's part of `user:group`. */
const userName = (text: string): string => text.replace(/^["']|["']$/g, '').split(':')[0] ?? ''

const runsAs = (stage: Stage, user: Step | undefined): RunsAs => {
  if (user !== undefined) {
    const name = userName(user.text)
    if (rootNames.test(name)) return 'root'
    return name.includes('$') ? 'computed' : 'other'
  }
  const root = rootOf(stage)
  // Nothing sets a user, and without one the kernel's first is the user.
  if (root.scratch) return 'root'
  const known = knownImage(root.image).user
  return known ?? (root.base.computed ? 'computed' : 'unknown')
}

const toolchains: readonly (readonly [RegExp, string])[] = [
  [/^golang$/, 'Go'],
  [/^rust$/, 'Rust'],
  [/^(?:maven|gradle)$/, 'Java build tool'],
  [/^mcr\.microsoft\.com\/dotnet\/(?:core\/)?sdk$/, '.NET SDK'],
  [/^gcc$/, 'C compiler'],
  [/^haskell$/, 'Haskell'],
  [/^swift$/, 'Swift'],
]

const toolchainOf = (stage: Stage): string | undefined => {
  const { repository, tag = '' } = rootOf(stage).image
  if (repository === 'swift' && tag.includes('slim')) return undefined
  return toolchains.find(([pattern]) => pattern.test(repository))?.[1]
}

const stageFact = (context: Context): void => {
  const { stage } = context
  const user = lastStep(stage, 'USER')
  const check = lastStep(stage, 'HEALTHCHECK')
  const own = (keyword: string) =>
    stage.steps.findLast(({ instruction }) => instruction.keyword === keyword)?.instruction.line
  const root = rootOf(stage)
  const maintainer = own('MAINTAINER')
  const drops = user === undefined || rootNames.test(userName(user.text)) ? privilegeTool(stage) : undefined
  context.fact('docker.stage', {
    subject: '',
    line: stage.from.line,
    column: stage.from.column,
    endLine: stage.steps.at(-1)?.instruction.endLine ?? stage.from.endLine,
    places: defined({ user: user?.instruction.line, healthcheck: check?.instruction.line, maintainer }),
    value: defined({
      name: stage.name,
      final: stage.final,
      ships: context.shared.ships,
      development: context.shared.development,
      base: stage.base.text,
      baseImage: root.scratch ? 'scratch' : root.base.text,
      baseComputed: root.base.computed,
      windows: stage.windows,
      user: user?.text,
      runsAs: runsAs(stage, user),
      numericUser: user !== undefined && /^\d+$/.test(userName(user.text)),
      dropsPrivileges: drops,
      healthcheck:
        check === undefined
          ? ('none' as const)
          : /^none$/i.test(check.instruction.text)
            ? ('disabled' as const)
            : ('command' as const),
      checkedBy: [],
      startedBy: [],
      startedAsRoot: [],
      toolchain: toolchainOf(stage),
      maintainer: maintainer !== undefined,
    }),
  })
}

const workdirFact = (context: Context, step: Step): void => {
  const path = step.text.replace(/^["']|["']$/g, '')
  context.fact('docker.workdir', {
    subject: 'WORKDIR',
    line: step.instruction.line,
    column: step.instruction.column,
    value: {
      ...context.shared,
      path,
      computed: path.startsWith('$'),
      absolute: /^(?:\/|[A-Za-z]:[\\/]|\\|%)/.test(path),
    },
  })
}

const portFacts = (context: Context, step: Step): void => {
  for (const word of step.text.split(/\s+/)) {
    const match = /^(["']?)(\d{1,5})(?:-(\d{1,5}))?(?:\/(\w+))?\1$/.exec(word)
    if (match === null) continue
    const number = Number(match[2])
    const protocol = (match[4] ?? 'tcp').toLowerCase()
    context.fact('docker.port', {
      subject: `EXPOSE ${number}/${protocol}`,
      line: step.instruction.line,
      column: step.instruction.column,
      value: { ...context.shared, number, last: Number(match[3] ?? number), protocol },
    })
  }
}

/** All facts of one stage. */
export const stageFacts = (context: Context): void => {
  const { stage } = context
  stageFact(context)
  if (stage.parent === undefined && !stage.scratch) readBase(context, stage.base, 'FROM', stage.from)
  const environment = new Set(stepsThrough(stage).flatMap(({ assignments }) => assignments.map(({ name }) => name)))
  const last = (keyword: string): Step | undefined =>
    stage.steps.findLast(({ instruction }) => instruction.keyword === keyword)
  for (const step of stage.steps) {
    const { keyword, text } = step.instruction
    if (keyword === 'ENV' || keyword === 'ARG') variableFacts(context, step)
    else if (keyword === 'ADD' || keyword === 'COPY') copyFact(context, step)
    else if (keyword === 'RUN' && !stage.windows) runFacts(context, step, environment)
    else if (keyword === 'CMD' || keyword === 'ENTRYPOINT') startFact(context, step, last(keyword) === step)
    else if (keyword === 'HEALTHCHECK' && !/^none$/i.test(text)) healthcheckFact(context, step, last(keyword) === step)
    else if (keyword === 'WORKDIR') workdirFact(context, step)
    else if (keyword === 'EXPOSE') portFacts(context, step)
  }
}
