import { isDevelopmentStage } from './file-names.ts'
import { parseImageReference, type ImageReference } from './image-reference.ts'
import type { Instruction } from './instructions.ts'
import { readAssignments, substitute, type Assignment, type Resolved } from './variables.ts'

/** An instruction in its stage, with the variables that are known there filled in. */
export interface Step extends Resolved {
  instruction: Instruction
  /** Of ENV and ARG; values are filled in. */
  assignments: readonly (Assignment & { computed: boolean })[]
  /** The shell that runs the shell form here. */
  shell: readonly string[]
}

/** One build stage. */
export interface Stage {
  name: string
  index: number
  from: Instruction
  /** The base as written, with variables filled in. */
  base: Resolved
  image: ImageReference
  scratch: boolean
  /** The earlier stage that it builds on. */
  parent: Stage | undefined
  steps: readonly Step[]
  /** Whether it is the one that is deployed, or that one builds on it. */
  shipped: boolean
  /** Whether it is the one that is deployed. */
  final: boolean
  /** Whether its name says that it is for development or tests. */
  development: boolean
  windows: boolean
}

/** No Dockerfile of a person comes near; each stage copies its parent's variables. */
export const maxStages = 100

interface Scope {
  variables: Map<string, string>
  shell: readonly string[]
}

const defaultShell = ['/bin/sh', '-c']
const windowsImage =
  /^mcr\.microsoft\.com\/(?:windows|dotnet\/framework)|nanoserver|servercore|windowsservercore|(?:^|\/)msvc/i

/** The stages of a Dockerfile, each with its base resolved through the ARGs before the first FROM. */
export const readStages = (instructions: readonly Instruction[]): Stage[] => {
  const first = instructions.findIndex(({ keyword }) => keyword === 'FROM')
  if (first < 0) return []
  const globals = new Map<string, string>()
  for (const { keyword, text } of instructions.slice(0, first))
    if (keyword === 'ARG')
      for (const { name, value } of readAssignments(text, keyword))
        if (value !== undefined) globals.set(name, substitute(value, globals).text)
  const stages: Stage[] = []
  const scopes: Scope[] = []
  for (let at = first; at < instructions.length && stages.length < maxStages;) {
    const from = instructions[at]
    if (from === undefined) break
    let end = at + 1
    while (end < instructions.length && instructions[end]?.keyword !== 'FROM') end++
    const { stage, scope } = readStage(from, instructions.slice(at + 1, end), stages, scopes, globals)
    stages.push(stage)
    scopes.push(scope)
    at = end
  }
  // An image for development that stands last is built by whoever names it; what is deployed stands before it.
  const deployed = stages.findLast(({ development }) => !development)
  const last = deployed ?? stages.at(-1)
  if (last !== undefined) last.final = true
  for (let stage = deployed; stage !== undefined; stage = stage.parent) stage.shipped = true
  return stages
}

/** Variables that well-known bases set, and Dockerfiles use. .NET images since 8: the number of their user `app`. */
const baseVariables = (image: string): readonly (readonly [string, string])[] =>
  image.startsWith('mcr.microsoft.com/dotnet/') ? [['APP_UID', '1654']] : []

const readStage = (
  from: Instruction,
  own: readonly Instruction[],
  stages: readonly Stage[],
  scopes: readonly Scope[],
  globals: ReadonlyMap<string, string>,
): { stage: Stage; scope: Scope } => {
  const [written = '', , alias] = from.text.split(/\s+/)
  const base = substitute(written, globals)
  const index = stages.length
  const parent = base.computed ? undefined : stages.findLast(({ name }) => name === base.text.toLowerCase())
  const inherited = parent === undefined ? undefined : scopes[parent.index]
  const scope: Scope = { variables: new Map(inherited?.variables), shell: inherited?.shell ?? defaultShell }
  for (const [name, value] of baseVariables(base.text)) if (parent === undefined) scope.variables.set(name, value)
  const windows = parent?.windows ?? windowsImage.test(base.text)
  const steps = own.map((instruction) => readStep(instruction, scope, globals))
  const stage: Stage = {
    name: (alias ?? String(index)).toLowerCase(),
    index,
    from,
    base,
    image: parseImageReference(base.text),
    scratch: base.text.toLowerCase() === 'scratch',
    parent,
    steps,
    shipped: false,
    final: false,
    development: alias !== undefined && isDevelopmentStage(alias),
    windows,
  }
  return { stage, scope }
}

const readStep = (instruction: Instruction, scope: Scope, globals: ReadonlyMap<string, string>): Step => {
  const { keyword, text, exec } = instruction
  if (keyword === 'SHELL') scope.shell = exec ?? scope.shell
  if (keyword !== 'ENV' && keyword !== 'ARG')
    return { instruction, assignments: [], shell: scope.shell, ...substitute(text, scope.variables) }
  const assignments = readAssignments(text, keyword).map((one) => {
    const given = one.value ?? (keyword === 'ARG' ? globals.get(one.name) : undefined)
    if (given === undefined) return { ...one, computed: true }
    const { text: value, computed } = substitute(given, scope.variables)
    return { ...one, ...(one.value === undefined ? {} : { value }), known: value, computed }
  })
  for (const one of assignments) {
    // An ENV wins over an ARG of the same name, whatever their order.
    if ('known' in one && !one.computed) scope.variables.set(one.name, one.known)
    else if (keyword === 'ENV') scope.variables.delete(one.name)
  }
  return { instruction, assignments, shell: scope.shell, text, computed: false }
}

/** The image at the root of a stage's chain of stages. */
export const rootOf = (stage: Stage): Stage => {
  let root = stage
  while (root.parent !== undefined) root = root.parent
  return root
}

/** The steps that make up a stage's image, those of the stages that it builds on first. */
export const stepsThrough = (stage: Stage): Step[] =>
  stage.parent === undefined ? [...stage.steps] : [...stepsThrough(stage.parent), ...stage.steps]

/** The last instruction of a kind that counts in a stage's image. */
export const lastStep = (stage: Stage, keyword: string): Step | undefined =>
  stage.steps.findLast(({ instruction }) => instruction.keyword === keyword) ??
  (stage.parent === undefined ? undefined : lastStep(stage.parent, keyword))
