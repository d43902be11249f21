import type { Place } from '../../core/facts/place.ts'
import type { FactValue } from '../../core/facts/index.ts'
import type { Collected, Sink } from '../collector.ts'
import { dockerfilesOf } from '../docker/docker.ts'
import { isDevelopmentPath } from '../docker/file-names.ts'
import { shellCommands } from '../docker/shell.ts'
import type { Stage } from '../docker/stages.ts'
import { ignoredBy } from '../repository/ignore-lists.ts'
import { jobsOf, type ReadJob } from '../workflows/job.ts'
import { programWords } from '../workflows/shell.ts'
import { inputOf, usesAction } from '../workflows/uses.ts'
import { isThere } from './build-facts.ts'
import { contextsBy } from './contexts.ts'
import { below } from './paths.ts'
import { directoryAfter } from './workflow-builds.ts'

type State = Pick<FactValue<'images.built-path'>, 'state' | 'because'>

/** The literal packages that `go build` and `go run` name: `./cmd/shop`, `./main.go`. */
const goPackages = (words: readonly string[]): string[] => {
  const [program, verb] = words
  if (program !== 'go' || !['build', 'run', 'install', 'vet', 'test'].includes(verb ?? '')) return []
  if (words.some((word) => word === '-C' || word.startsWith('-C='))) return []
  const found: string[] = []
  for (let at = 2; at < words.length; at++) {
    const word = words[at] ?? ''
    // `-o ./bin/shop` and the like are no packages; after the first, what follows `go run` is the program's own.
    if (word.startsWith('-')) at += word.includes('=') || /^-[avxn]$|^-race$|^-trimpath$/.test(word) ? 0 : 1
    else if (/^\.\/[\w./-]+$/.test(word) && !word.includes('...')) {
      found.push(word)
      if (verb === 'run') break
    }
  }
  return found
}

/** Joins an absolute path of a container with a relative one. */
const inContainer = (directory: string, path: string): string =>
  path.startsWith('/') ? path : `/${below(directory.slice(1), path) ?? ''}`

interface Found {
  target: string
  /** From the root of the context. */
  path: string
  line: number
}

/** What a stage builds out of a context that it has copied whole. */
const inStage = (stage: Stage): Found[] => {
  let directory: string | undefined = stage.parent === undefined ? '/' : undefined
  let copied: string | undefined
  const found: Found[] = []
  for (const { instruction, text, computed } of stage.steps) {
    const { keyword } = instruction
    if (keyword === 'WORKDIR')
      directory =
        computed || (directory === undefined && !text.startsWith('/'))
          ? undefined
          : inContainer(directory ?? '/', text.trim())
    const [source, destination, more] = keyword === 'COPY' && !instruction.flags.has('from') ? text.split(/\s+/) : []
    if (source !== undefined && /^\.\/?$/.test(source) && destination !== undefined && more === undefined)
      copied = directory === undefined || computed ? undefined : inContainer(directory, destination).replace(/\/+$/, '')
    if (keyword !== 'RUN' || copied === undefined || directory === undefined || instruction.exec !== undefined) continue
    const commands = shellCommands(text)
    if (commands.some(({ words }) => /^(?:cd|pushd|git|mv|cp|mkdir|tar|unzip)$/.test(words[0]?.text ?? ''))) continue
    for (const { words } of commands)
      for (const target of goPackages(programWords(words.map((word) => word.text)))) {
        const whole = inContainer(directory, target)
        const offset = words.find((word) => word.text === target)?.offset ?? 0
        if (whole.startsWith(`${copied}/`))
          found.push({ target, path: whole.slice(copied.length + 1), line: instruction.lineAt(offset) })
      }
  }
  return found
}

/** Says of each path of the source that Dockerfiles and workflows build whether it is in the repository. */
export const emitBuiltPaths = (collected: Collected, sink: Sink): void => {
  const { tree } = collected
  const ignored = ignoredBy(collected)
  const contexts = contextsBy(collected)
  const emit = (
    subject: string,
    place: Place,
    target: string,
    path: string,
    development: boolean,
    judged: State,
  ): void =>
    sink.fact({
      kind: 'images.built-path',
      subject,
      place,
      value: {
        command: 'go',
        target,
        path,
        gitIgnored: judged.state === 'missing' && (ignored(path) || ignored(`${path}/`)),
        development,
        ...judged,
      },
    })
  for (const [dockerfile, stages] of dockerfilesOf(tree)) {
    const { list, certain } = contexts(dockerfile)
    for (const stage of stages)
      for (const { target, path, line } of inStage(stage)) {
        const all = list.map(({ folder }) => below(folder, path) ?? '')
        const there = all.find((one) => isThere(tree, one))
        const sure = certain || list.length === 1
        const judged: State =
          there !== undefined
            ? { state: 'exists', because: '' }
            : sure
              ? { state: 'missing', because: '' }
              : { state: 'unknown', because: 'nothing here says with which build context the Dockerfile is built' }
        const development = isDevelopmentPath(dockerfile) || (stage.development && !stage.shipped)
        const place = { path: dockerfile, line, column: 1 }
        emit(`stage ${stage.name}`, place, target, there ?? all[0] ?? path, development, judged)
      }
  }
  for (const job of jobsOf(tree))
    for (const { subject, place, target, path, made } of inJob(job)) {
      const state = isThere(tree, path) ? 'exists' : made ? 'unknown' : 'missing'
      emit(subject, place, target, path, false, {
        state,
        because: state === 'unknown' ? 'an earlier step may make it' : '',
      })
    }
}

interface InJob {
  subject: string
  place: Place
  target: string
  path: string
  made: boolean
}

const inJob = (job: ReadJob): InJob[] => {
  const found: InJob[] = []
  let checkedOut = false
  let made = false
  for (const step of job.steps) {
    if (usesAction(step.uses, 'actions/checkout')) {
      const plain = ['path', 'repository', 'ref'].every((name) => inputOf(step.inputs, name) === undefined)
      if (!plain) return found
      checkedOut = true
    } else if (step.uses !== undefined && !/^(?:actions\/(?:setup-|cache)|docker\/)/.test(step.uses.name)) made = true
    let directory: string | undefined = /\$|^\//.test(step.directory) ? undefined : below('', step.directory)
    for (const { words, line } of step.commands) {
      const program = programWords(words)
      directory = directoryAfter(directory, program)
      made ||=
        /^(?:git|curl|wget|tar|unzip|cp|mv|mkdir|make|buf|protoc)$/.test(program[0] ?? '') || program[1] === 'generate'
      for (const target of checkedOut && directory !== undefined ? goPackages(program) : []) {
        const path = below(directory ?? '', target)
        if (path !== undefined && path !== '')
          found.push({ subject: step.subject, place: step.atLine(line, target), target, path, made })
      }
    }
  }
  return found
}
