import type { Collector, TextFile } from '../collector.ts'
import { ignoreFileFact, relateContexts } from './build-context.ts'
import { stageContext } from './context.ts'
import { isDockerfilePath, isIgnoreFilePath, isTemplatePath } from './file-names.ts'
import { parseInstructions } from './instructions.ts'
import { stageFacts } from './stage-facts.ts'
import { maxStages, readStages, type Stage } from './stages.ts'
import type { Tree } from '../tree.ts'
import type { Sink } from '../collector.ts'

/** The longest Dockerfile that is read, in characters. The library takes time by the square of a line's options. */
const maxLength = 200_000

const knownKeywords =
  /^(?:FROM|RUN|CMD|LABEL|MAINTAINER|EXPOSE|ENV|ADD|COPY|ENTRYPOINT|VOLUME|USER|WORKDIR|ARG|ONBUILD|STOPSIGNAL|HEALTHCHECK|SHELL)$/

const dockerfiles = new WeakMap<Tree, Map<string, readonly Stage[]>>()

/** The stages of every Dockerfile that was read, by its path: for what joins them with the files that build them. */
export const dockerfilesOf = (tree: Tree): ReadonlyMap<string, readonly Stage[]> => dockerfiles.get(tree) ?? new Map()

const remember = (tree: Tree, path: string, stages: readonly Stage[]): void => {
  const known = dockerfiles.get(tree) ?? new Map<string, readonly Stage[]>()
  dockerfiles.set(tree, known.set(path, stages))
}

const collectDockerfile = (file: TextFile, sink: Sink, tree: Tree): void => {
  const { path, text } = file
  const start = { path, line: 1, column: 1 }
  if (text.length > maxLength) {
    sink.unjudged(start, 'too-large', `is longer than ${maxLength / 1000} 000 characters`)
    return
  }
  const instructions = parseInstructions(text)
  const froms = instructions.filter(({ keyword }) => keyword === 'FROM').length
  if (froms === 0) {
    sink.unjudged(start, 'no-from', 'is no Dockerfile that builds: it has no FROM')
    return
  }
  if (froms > maxStages) {
    sink.unjudged(start, 'too-large', `has more than ${maxStages} stages`)
    return
  }
  const strange = instructions.find(({ keyword }) => !knownKeywords.test(keyword))
  if (strange !== undefined) {
    const code = /[{<]%|\{\{/.test(strange.keyword + strange.text) ? 'template' : 'syntax'
    const { line, column } = strange
    const word = strange.keyword.slice(0, 40)
    sink.unjudged({ path, line, column }, code, `has an instruction that Docker does not know: ${word}`, {
      repairable: code === 'syntax',
      blocks: code === 'syntax',
    })
  }
  const stages = readStages(instructions)
  remember(tree, path, stages)
  for (const stage of stages) stageFacts(stageContext(path, stage, stages, sink))
}

/** Reads Dockerfiles and the .dockerignore files of their build contexts. */
export const docker: Collector = {
  topic: 'docker',
  claims: ({ path }) => isDockerfilePath(path) || isIgnoreFilePath(path),
  recognises: (text) => /^[ \t]*FROM\s/im.test(text),
  collect: (file, sink, tree) => {
    if (isIgnoreFilePath(file.path)) ignoreFileFact(file, sink)
    else if (isTemplatePath(file.path))
      sink.unjudged(
        { path: file.path, line: 1, column: 1 },
        'template',
        'is a template: what it becomes is known to another tool alone',
        { repairable: false, blocks: false },
      )
    else collectDockerfile(file, sink, tree)
  },
  relate: relateContexts,
}
