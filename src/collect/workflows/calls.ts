import type { Sink } from '../collector.ts'
import type { Tree } from '../tree.ts'
import { programWords, type Command } from './shell.ts'
import type { Step } from './step.ts'
import { inputOf, usesAction } from './uses.ts'

const isLiteral = (text: string): boolean => /^[\w./@+-]*$/.test(text)

/** Joins a path below the repository's root; undefined when it leaves it. */
export const joinPath = (directory: string, path: string): string | undefined => {
  const parts: string[] = []
  for (const part of `${directory}/${path}`.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined
    if (part !== '' && part !== '.' && part !== '..') parts.push(part)
  }
  return parts.join('/')
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Whether a checkout takes the repository itself, at this commit, to the folder where steps start. */
const isPlainCheckout = ({ inputs }: Step): boolean =>
  ['path', 'repository', 'ref'].every((name) => inputOf(inputs, name) === undefined)

const brings = (step: Step): boolean =>
  usesAction(step.uses, 'actions/download-artifact', 'actions/cache') || step.uses?.source === 'local'

const unpacks = new Set(['git', 'curl', 'wget', 'tar', 'unzip', 'gh', 'autoreconf', 'cmake', 'gcc', 'clang', 'make'])

const names = new WeakMap<Tree, Map<string, string>>()

/** The one file of this name, wherever it is; empty when there is none, or more than one. */
const onlyFileNamed = (tree: Tree, name: string): string => {
  let known = names.get(tree)
  if (known === undefined) {
    known = new Map()
    for (const { path } of tree.files) known.set(baseName(path), known.has(baseName(path)) ? '' : path)
    names.set(tree, known)
  }
  return known.get(name) ?? ''
}

interface Call {
  step: Step
  /** Whether an earlier step takes files from elsewhere. */
  brought: boolean
  command: Command
  directory: string | undefined
  earlier: readonly (readonly string[])[]
}

/** Why a file that is not in the tree may be there all the same; empty when nothing makes it. */
const maker = (call: Call, path: string, tree: Tree): string => {
  const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
  if (!tree.isDirectory(parent)) return `${parent} is not in the repository, so that an earlier step has to make it`
  if (call.brought) return 'an earlier step may bring it'
  const name = baseName(path)
  const mentions = (words: readonly string[]): boolean =>
    words.some((word) => baseName(word.replace(/[;>]+$/, '')) === name)
  if (call.earlier.some((words) => words[0] !== 'chmod' && mentions(words))) return 'an earlier command names it'
  const wrapper = /^(gradlew|mvnw)(\.bat|\.cmd)?$/.test(name)
  if (
    !wrapper &&
    call.earlier.some((words) => unpacks.has(programWords(words)[0] ?? '') || words[0]?.startsWith('./') === true)
  )
    return 'an earlier command may make it'
  if (!wrapper && !name.includes('.')) return 'it may be built by an earlier command'
  return ''
}

const emitFile = (call: Call, target: string, tree: Tree, sink: Sink): void => {
  const path = joinPath(call.directory ?? '', target)
  if (path === undefined || path === '' || call.directory === undefined) return
  const file = tree.get(path)
  const because = file === undefined ? maker(call, path, tree) : ''
  const state = file !== undefined ? 'exists' : because === '' ? 'missing' : 'unknown'
  const made = call.earlier.some(
    (words) => words[0] === 'chmod' && words.some((word) => baseName(word) === baseName(path)),
  )
  sink.fact({
    kind: 'workflows.call',
    subject: call.step.subject,
    place: call.step.atLine(call.command.line, target),
    value: {
      kind: 'file',
      target,
      path,
      state,
      because,
      executable: file === undefined || file.mode !== 'file' || made || path.endsWith('.bat') || path.endsWith('.cmd'),
      hint: state === 'missing' ? onlyFileNamed(tree, baseName(path)) : '',
    },
  })
}

const scriptOf = (words: readonly string[]): string | undefined => {
  const [program, verb, name] = words
  if (!['npm', 'pnpm', 'yarn'].includes(program ?? '') || (verb !== 'run' && verb !== 'run-script')) return undefined
  // Workspaces and prefixes run it elsewhere.
  const elsewhere = words.some((word) =>
    /^(-w|--workspaces?|--prefix|-C|--filter|-F|--if-present|--recursive|-r|--cwd)/.test(word),
  )
  return name === undefined || name.startsWith('-') || elsewhere || !/^[\w:.-]+$/.test(name) ? undefined : name
}

/** The literal targets of `make`; none where it is told another folder or file, or names none. */
const makeTargets = (words: readonly string[]): readonly string[] =>
  words[0] !== 'make' || words.some((word) => /^-[^-]*[Cf]|^--(?:directory|file|makefile)/.test(word))
    ? []
    : words.slice(1).filter((word, index) => /^[a-z][\w.-]*$/i.test(word) && !/^-[jlo]$/.test(words[index] ?? ''))

/** Reports the literal `./files`, make targets and npm scripts that a job's run steps start from its own checkout. */
export const emitCalls = (steps: readonly Step[], tree: Tree, sink: Sink): void => {
  const earlier: (readonly string[])[] = []
  let checkedOut = false
  let elsewhere = false
  let brought = false
  for (const step of steps) {
    // On Windows `./x` finds x.bat and needs no permission.
    const posix = step.shell === undefined || step.shell.includes('sh ') || /^(ba|z|da)?sh$/.test(step.shell)
    const known = posix && checkedOut && !elsewhere && isLiteral(step.directory) && !step.directory.startsWith('/')
    let directory: string | undefined = known ? joinPath('', step.directory) : undefined
    for (const command of step.commands) {
      const words = programWords(command.words)
      const [program = '', argument = ''] = words
      if (program === 'cd' || program === 'pushd' || program === 'popd')
        directory =
          directory === undefined ||
          !isLiteral(argument) ||
          argument === '' ||
          argument === '-' ||
          argument.startsWith('/')
            ? undefined
            : joinPath(directory, argument)
      // Only what starts a command, written out: `bash ./x` and `$DIR/x` are not looked at.
      else if (directory !== undefined && tree.isDirectory(directory)) {
        const call = { step, brought, command, directory, earlier }
        const script = scriptOf(words)
        for (const target of makeTargets(words))
          sink.fact({
            kind: 'workflows.call',
            subject: step.subject,
            place: step.atLine(command.line, target),
            value: {
              kind: 'make-target',
              target,
              path: directory,
              state: 'unknown',
              because: brought ? 'an earlier step may bring the makefile' : '',
              executable: true,
              hint: '',
            },
          })
        if (program.startsWith('./') && isLiteral(program) && command.words[0] === program)
          emitFile(call, program, tree, sink)
        else if (script !== undefined)
          sink.fact({
            kind: 'workflows.call',
            subject: step.subject,
            place: step.atLine(command.line, script),
            value: {
              kind: 'npm-script',
              target: script,
              path: directory,
              state: 'unknown',
              because: '',
              executable: true,
              hint: '',
            },
          })
      }
      earlier.push(command.words)
    }
    if (usesAction(step.uses, 'actions/checkout')) {
      checkedOut = true
      elsewhere ||= !isPlainCheckout(step)
    }
    brought ||= brings(step)
  }
}
