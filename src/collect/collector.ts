import type { Topic } from '../core/facts/define.ts'
import type { Fact, FactKind } from '../core/facts/index.ts'
import type { Place } from '../core/facts/place.ts'
import type { ManifestRenderer } from '../ports/renderer.ts'
import type { WorkspaceFile } from '../ports/workspace.ts'
import type { Tree } from './tree.ts'
import type { YamlFile, YamlVersion } from './yaml/yaml-file.ts'

/** A text file of the repository. Decoded once and parsed once, however many collectors look at it. */
export interface TextFile {
  path: string
  text: string
  yaml(version: YamlVersion): YamlFile
}

/** Takes what a collector found. */
export interface Sink {
  fact<K extends FactKind>(fact: Fact<K>): void
  /** Says that something of this topic could not be judged, so that nobody takes silence for a pass. */
  unjudged(place: Place, code: string, reason: string, options?: { repairable?: boolean; blocks?: boolean }): void
}

/** What `relate` works on: everything that all collectors found, to be joined. */
export interface Collected {
  tree: Tree
  of<K extends FactKind>(kind: K): readonly Fact<K>[]
}

/** The environment that is judged for: its name, and the globs of the names that the policy gives it besides. */
export interface JudgedEnvironment {
  name: string
  names: readonly string[]
}

/** What there is to render with. */
export interface Preparation {
  /** Undefined where this host renders nothing. */
  renderer?: ManifestRenderer | undefined
  environment?: JudgedEnvironment | undefined
  /** The bytes of a regular file of the tree. Rejects when it cannot be read. */
  read(path: string): Promise<Uint8Array>
}

/**
 * Turns text into facts, and judges nothing. Never throws for a file's content: what it cannot read it reports to
 * `sink.unjudged`.
 */
export interface Collector {
  topic: Topic
  /** Whether a file may be this collector's, by its path and size alone. */
  claims(file: WorkspaceFile): boolean
  /** Whether broken text (undecodable bytes replaced) is this collector's all the same; without it, every claimed file is. */
  recognises?(text: string): boolean
  collect(file: TextFile, sink: Sink, tree: Tree): void
  /** Facts that only the paths show, asked once. */
  survey?(tree: Tree, sink: Sink): void
  /**
   * What takes time or another program, once everything is read and before facts are joined: loading a parser for the files
   * that were found, rendering what only another tool can turn into text. Awaited.
   */
  prepare?(preparation: Preparation, sink: Sink, tree: Tree): Promise<void>
  /** Joins facts, of all topics, once everything is read. May add facts, and fill in fields of this topic's facts. */
  relate?(collected: Collected, sink: Sink): void
}
