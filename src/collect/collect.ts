import type { Topic } from '../core/facts/define.ts'
import type { Unjudged } from '../core/facts/fact-set.ts'
import type { Fact, FactKind } from '../core/facts/index.ts'
import { startOf } from '../core/facts/place.ts'
import { inlineIgnores, type BrokenIgnore, type InlineIgnore } from '../core/inline-ignores.ts'
import { metered, type Meter } from '../core/meter.ts'
import type { Workspace, WorkspaceFile } from '../ports/workspace.ts'
import type { Collector, Preparation, Sink, TextFile } from './collector.ts'
import { decodeText, UnreadableText } from './text.ts'
import { Tree } from './tree.ts'
import { parseYamlFile, type YamlFile, type YamlVersion } from './yaml/yaml-file.ts'

/** A larger file is not read: no manifest that a person keeps comes near. Bytes. */
export const maxFileSize = 8_000_000

export interface Collection {
  facts: Fact[]
  unjudged: Unjudged[]
  tree: Tree
  /** How many files were read. */
  judged: number
  ignores: InlineIgnore[]
  brokenIgnores: BrokenIgnore[]
}

const textFile = (path: string, text: string): TextFile => {
  const parsed = new Map<YamlVersion, YamlFile>()
  return {
    path,
    text,
    yaml: (version) => {
      const known = parsed.get(version) ?? parseYamlFile(path, text, version)
      parsed.set(version, known)
      return known
    },
  }
}

const read = async (workspace: Workspace, file: WorkspaceFile): Promise<TextFile> => {
  if (file.size > maxFileSize) throw new UnreadableText('too-large', `is larger than ${maxFileSize / 1_000_000} MB`)
  let bytes: Uint8Array
  try {
    bytes = await workspace.read(file.path)
  } catch (error) {
    throw new UnreadableText('unreadable', `cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  return textFile(file.path, decodeText(bytes))
}

/** A bug in a collector, met at one file, is that file's unknown and not the end of the run. */
const broken = (path: string, sink: Sink, error: unknown): void => {
  const what = error instanceof Error ? error.message : String(error)
  sink.unjudged(startOf(path), 'collector', `could not be judged: ${what}`)
}

const attempt = (path: string, sink: Sink, work: () => void): void => {
  try {
    work()
  } catch (error) {
    broken(path, sink, error)
  }
}

/** What a run may bring beside the files that are judged. */
export interface CollectOptions extends Partial<Omit<Preparation, 'read'>> {
  /** Also the files that only exist: the policy ignores them, and links may lead to them. */
  all?: readonly WorkspaceFile[]
  meter?: Meter | undefined
  /** `owner/name` as the forge writes it. */
  repository?: string | undefined
}

/**
 * Reads the tree with every collector. A file that breaks one collector is unjudged for it, and the others go on.
 * @param files the files to judge
 */
export const collect = async (
  workspace: Workspace,
  files: readonly WorkspaceFile[],
  collectors: readonly Collector[],
  { all = files, meter, renderer, environment, repository }: CollectOptions = {},
): Promise<Collection> => {
  const tree = new Tree(files, all, repository)
  const facts: Fact[] = []
  const unjudged: Unjudged[] = []
  const byKind = new Map<FactKind, Fact[]>()
  const ignores: InlineIgnore[] = []
  const brokenIgnores: BrokenIgnore[] = []
  let judged = 0
  const sinkFor = (topic: Topic): Sink => ({
    fact: (fact) => {
      facts.push(fact)
      const list = byKind.get(fact.kind)
      if (list === undefined) byKind.set(fact.kind, [fact])
      else list.push(fact)
    },
    unjudged: (place, code, reason, options) =>
      unjudged.push({
        topic,
        place,
        code,
        reason,
        repairable: options?.repairable ?? true,
        blocks: options?.blocks ?? true,
      }),
  })
  const sinks = new Map(collectors.map((collector) => [collector, sinkFor(collector.topic)]))
  // A file is parsed for the collector that asks first, and that one bears the cost.
  const run = (path: string, collector: Collector, sink: Sink, work: () => void): void =>
    metered(meter, 'collector', collector.topic, () => attempt(path, sink, work))
  for (const [collector, sink] of sinks) run('.', collector, sink, () => collector.survey?.(tree, sink))
  for (const file of files) {
    if (file.mode === 'symlink' || file.mode === 'submodule') continue
    const claimants = [...sinks].filter(([collector]) => collector.claims(file))
    if (claimants.length === 0) continue
    let text: TextFile
    try {
      text = await read(workspace, file)
    } catch (error) {
      if (!(error instanceof UnreadableText)) throw error
      const { code, message, glimpse } = error
      for (const [collector, sink] of claimants)
        if (glimpse === undefined || (collector.recognises?.(glimpse) ?? true))
          sink.unjudged(startOf(file.path), code, message)
      continue
    }
    judged++
    const comments = inlineIgnores(file.path, text.text)
    ignores.push(...comments.ignores)
    brokenIgnores.push(...comments.broken)
    for (const [collector, sink] of claimants)
      run(file.path, collector, sink, () => collector.collect(text, sink, tree))
  }
  const preparation: Preparation = { renderer, environment, read: (path) => workspace.read(path) }
  for (const [collector, sink] of sinks)
    await collector.prepare?.(preparation, sink, tree).catch((error: unknown) => broken('.', sink, error))
  const collected = {
    tree,
    of: <K extends FactKind>(kind: K) => (byKind.get(kind) ?? []) as unknown as readonly Fact<K>[],
  }
  for (const [collector, sink] of sinks) run('.', collector, sink, () => collector.relate?.(collected, sink))
  return { facts, unjudged, tree, judged, ignores, brokenIgnores }
}
