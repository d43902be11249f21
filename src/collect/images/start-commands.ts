import { asMapping, asString, type Mapping } from '../shape.ts'
import { baseOf } from '../tree-path.ts'
import { lastStep, type Stage, type Step } from '../docker/stages.ts'
import { fileInImage, inImage, placedSteps, wantedInContext } from './image-files.ts'
import { scriptCommands, writtenCommands, type StartCommand } from './start-script.ts'

/** What reads the repository for a start: texts of a build context, by their paths in it. */
export interface ContextFiles {
  exists(path: string): boolean
  text(path: string): string | undefined
  executable(path: string): boolean
  /** Whether a path that is no file should be one: its folder is there, and nothing makes it before the build. */
  wanted(path: string): boolean
  isFolder(path: string): boolean
}

/** A file of the repository that an image starts by its path. */
export interface StartedFile {
  /** As the image calls it. */
  called: string
  /** In the build context. */
  path: string
  at: string
  /** The shell or program that its first line names; empty for none. */
  interpreter: string
  executable: boolean
  /** The COPY that brings it; undefined for a file that is not there. */
  copy: Step | undefined
}

/** Everything that is known to run when an image starts. */
export interface Start {
  step: Step
  commands: readonly StartCommand[]
  files: readonly StartedFile[]
  /** The package.json in the folder that the image starts in, where it is known. */
  manifest: Mapping | undefined
}

const maxDepth = 3
const shells = /^(?:ba|da|a|z)?sh$/

const interpreterOf = (text: string): string => {
  const words = /^#!\s{0,4}(\S{1,80})[ \t]{0,4}(\S{0,80})/.exec(text)
  if (words === null) return ''
  const first = baseOf(words[1] ?? '')
  return first === 'env' ? (words[2] ?? '') : first
}

const parsed = (text: string | undefined): Mapping | undefined => {
  try {
    return text === undefined ? undefined : asMapping(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** The script of package.json that a command runs: `npm start`, `yarn start:prod`, `pnpm run serve`. */
const scriptName = ({ program, verb, operands, options }: StartCommand['invocation']): string | undefined => {
  if (!/^(?:npm|yarn|pnpm|bun)$/.test(program)) return undefined
  if (options.some((option) => /^(?:--prefix|-C|--cwd|--dir|--filter|-F|-w|--workspace)$/.test(option)))
    return undefined
  if (verb === 'run' || verb === 'run-script') return operands[0]
  return program === 'npm' && verb !== 'start' ? undefined : verb
}

class Walk {
  readonly commands: StartCommand[] = []
  readonly files: StartedFile[] = []
  readonly manifest: Mapping | undefined
  readonly #stage: Stage
  readonly #stages: readonly Stage[]
  readonly #context: ContextFiles
  readonly #directory: string | undefined
  readonly #seen = new Set<string>()

  constructor(stage: Stage, stages: readonly Stage[], context: ContextFiles) {
    this.#stage = stage
    this.#stages = stages
    this.#context = context
    this.#directory = placedSteps(stage).at(-1)?.directory
    this.manifest = parsed(this.#read('package.json')?.text)
  }

  #read(path: string): { path: string; copy: Step; text: string | undefined } | undefined {
    const target = inImage(this.#directory, path)
    const found =
      target === undefined
        ? undefined
        : fileInImage(this.#stage, this.#stages, target, (inside) => this.#context.exists(inside))
    return found === undefined ? undefined : { ...found, text: this.#context.text(found.path) }
  }

  take(commands: readonly StartCommand[], depth = 0): void {
    for (const command of commands) {
      this.commands.push(command)
      if (depth < maxDepth) this.#follow(command, depth)
    }
  }

  /** Notes a script that the image starts and that the repository does not have where the image takes it from. */
  #miss(called: string, at: string): void {
    const target = inImage(this.#directory, called)
    if (target === undefined || !/\.(?:sh|bash)$/.test(called)) return
    const path = wantedInContext(this.#stage, target, (folder) => this.#context.isFolder(folder))
    if (path !== undefined && this.#context.wanted(path))
      this.files.push({ called, path, at, interpreter: '', executable: true, copy: undefined })
  }

  #follow(command: StartCommand, depth: number): void {
    const { invocation, words, at } = command
    const name = scriptName(invocation)
    const scripts = asMapping(this.manifest?.['scripts'])
    if (name !== undefined && scripts !== undefined && !this.#seen.has(`npm ${name}`)) {
      this.#seen.add(`npm ${name}`)
      for (const one of [`pre${name}`, name, `post${name}`]) {
        const script = asString(scripts[one])
        if (script !== undefined && (one === name || invocation.program !== 'pnpm'))
          this.take(writtenCommands(undefined, script, `the script ${one} of package.json`), depth + 1)
      }
      return
    }
    const first = words.find((word) => baseOf(word) === invocation.program) ?? ''
    const direct = first.includes('/') || /\.(?:sh|bash)$/.test(first)
    const operand = shells.test(invocation.program)
      ? invocation.operands.find((word) => !word.includes(' '))
      : undefined
    const called = direct && operand === undefined ? first : operand
    if (called === undefined || this.#seen.has(called)) return
    this.#seen.add(called)
    // A bare name is looked for on the PATH, and scripts are put there.
    const paths =
      called.includes('/') || operand !== undefined ? [called] : [`/usr/local/bin/${called}`, `/usr/bin/${called}`]
    const file = paths.map((path) => this.#read(path)).find((one) => one !== undefined)
    if (file === undefined && direct && operand === undefined) this.#miss(called, at)
    if (file?.text === undefined) return
    const { path, copy, text } = file
    if (operand === undefined) {
      const executable = this.#context.executable(path)
      this.files.push({ called, path, at, interpreter: interpreterOf(text), executable, copy })
    }
    if (operand !== undefined || shells.test(interpreterOf(text)) || /\.(?:sh|bash)$/.test(path))
      this.take(scriptCommands(text, baseOf(path)), depth + 1)
  }
}

const inits = /^(?:tini|dumb-init|gosu|su-exec|sh|bash|ash|dash|env|exec)$/

const written = ({ instruction }: Step): StartCommand[] =>
  writtenCommands(instruction.exec, instruction.text, instruction.keyword)

/** What runs when a stage's image starts, as far as its files tell; undefined for an image that starts what its base starts. */
export const startOfImage = (stage: Stage, stages: readonly Stage[], context: ContextFiles): Start | undefined => {
  const entry = lastStep(stage, 'ENTRYPOINT')
  const command = lastStep(stage, 'CMD')
  const step = entry ?? command
  if (step === undefined) return undefined
  const walk = new Walk(stage, stages, context)
  const entered = entry === undefined ? [] : written(entry)
  walk.take(entered)
  // CMD is what the entry point is given, unless that hands over to it.
  const handsOver =
    entry === undefined ||
    (entered.length === 1 && inits.test(entered[0]?.invocation.program ?? '')) ||
    walk.commands.some(({ words }) => words[0] === 'exec' && words.includes('$@')) ||
    walk.commands.some(({ words }) => words[0] === '$@')
  if (command !== undefined && handsOver) walk.take(written(command))
  return { step, commands: walk.commands, files: walk.files, manifest: walk.manifest }
}
