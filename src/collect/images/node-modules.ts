import { readInvocation } from '../docker/command.ts'
import { shellCommands } from '../docker/shell.ts'
import type { Stage, Step } from '../docker/stages.ts'
import { copyParts, placedSteps, stageNamed } from './image-files.ts'

/** What npm's packages an image has. */
export interface Modules {
  /**
   * all: those for development too. production: those alone that the program needs. traced: the files alone that a
   * bundler found imports of. none: nothing installs any.
   */
  kept: 'all' | 'production' | 'traced' | 'none' | 'unknown'
  /** Packages that are installed or copied by their names. */
  named: ReadonlySet<string>
}

const manager = /^(?:npm|yarn|pnpm|bun)$/

const bare = (name: string): string => name.replace(/^(@?[^@]+)@.*$/, '$1')

interface State {
  kept: Modules['kept']
  named: Set<string>
  production: boolean
}

const install = (
  state: State,
  words: readonly string[],
  program: string,
  verb: string,
  operands: readonly string[],
) => {
  const says = (pattern: RegExp): boolean => words.some((word) => pattern.test(word))
  const omits =
    says(/^--(?:omit=dev|only=prod(?:uction)?|production|prod|production=true)$/) ||
    (says(/^(?:--omit|--only)$/) && says(/^(?:dev|prod|production)$/)) ||
    (program === 'pnpm' && says(/^-P$/))
  const includes = says(/^--(?:include=dev|dev|production=false|prod=false)$/) || says(/^NODE_ENV=(?!production)/)
  const inEnvironment = state.production || says(/^NODE_ENV=production$/)
  const added = operands.filter((operand) => operand !== '.' && !operand.startsWith('$'))
  if (/^(?:install|i|add|ci|clean-install|)$/.test(verb) && added.length > 0) {
    for (const name of added) state.named.add(bare(name))
    return
  }
  if (program === 'yarn' && verb === 'global') for (const name of operands.slice(1)) state.named.add(bare(name))
  if (/^(?:prune|focus|workspaces|deploy)$/.test(verb)) {
    if (omits || (verb === 'prune' && inEnvironment && program === 'npm')) state.kept = 'production'
    else if (verb !== 'prune') state.kept = 'unknown'
    return
  }
  if (!/^(?:install|i|ci|clean-install|)$/.test(verb) || (verb === '' && program !== 'yarn')) return
  if (includes) state.kept = 'all'
  else if (omits) state.kept = 'production'
  // npm alone takes the variable for the option in every version.
  else if (inEnvironment) state.kept = program === 'npm' ? 'production' : 'unknown'
  else state.kept = 'all'
}

const run = (state: State, step: Step): void => {
  for (const script of [step.instruction.text, ...step.instruction.heredocs.map(({ text }) => text)])
    for (const command of shellCommands(script)) {
      const invocation = readInvocation(command)
      if (invocation === undefined || !manager.test(invocation.program)) continue
      const words = command.words.map(({ text }) => text)
      install(state, words, invocation.program, invocation.verb, invocation.operands)
    }
}

// Stages that copy from each other are asked many times.
const known = new WeakMap<Stage, Modules>()

/** What the steps of a stage, and of the stages that it copies from, leave of npm's packages. */
export const modulesOf = (stage: Stage, stages: readonly Stage[]): Modules => {
  const ready = known.get(stage)
  if (ready !== undefined) return ready
  known.set(stage, { kept: 'unknown', named: new Set() })
  const modules = readModules(stage, stages)
  known.set(stage, modules)
  return modules
}

const readModules = (stage: Stage, stages: readonly Stage[]): Modules => {
  const state: State = { kept: 'none', named: new Set(), production: false }
  for (const placed of placedSteps(stage)) {
    const { step } = placed
    for (const { name, value } of step.assignments) if (name === 'NODE_ENV') state.production = value === 'production'
    if (step.instruction.keyword === 'RUN') run(state, step)
    const from = step.instruction.flags.get('from')?.[0]
    if (from === undefined || step.instruction.keyword !== 'COPY') continue
    const other = stageNamed(stages, from)
    const sources = copyParts(placed)?.sources ?? [step.text]
    for (const source of sources) {
      const one = /node_modules\/((?:@[\w.-]+\/)?[\w.*-]+)/.exec(source)?.[1]
      if (one !== undefined) state.named.add(one === '.bin' || one.includes('*') ? '.bin' : one)
      else if (/\.next\/standalone|\.output(?:\/|$)/.test(source)) state.kept = 'traced'
      else if (other === undefined) {
        if (/node_modules/.test(source)) state.kept = 'unknown'
      } else if (holdsModules(source)) {
        const theirs = modulesOf(other, stages)
        if (theirs.kept !== 'none') state.kept = theirs.kept
        for (const name of theirs.named) state.named.add(name)
      }
    }
  }
  return { kept: state.kept, named: state.named }
}

/** Whether a path of another stage can have node_modules in it: that folder, or one that is no part of a program. */
const holdsModules = (source: string): boolean =>
  /node_modules\/?$/.test(source) ||
  !/(?:\.[a-z]{1,5}|\/(?:dist|build|public|src|static|\.next|prisma|lib|views|config|assets|out))\/?$/i.test(source)
