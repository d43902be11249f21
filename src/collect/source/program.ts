import type { Tree } from '../tree.ts'
import type { BuildFile } from './dockerfile.ts'
import type { Language } from './languages.ts'
import { baseOf, folderOf, isBelow } from './paths.ts'
import type { ProgramText, Reading } from './reading.ts'

const literal = /["'`]([\w./:{}<>*$()@?+-]{1,200})["'`]/g
const word = /[A-Za-z_]\w*/g

/** Manifests and lock files by which a program takes in libraries. */
const manifest =
  /(?:^|\/)(?:package\.json|pyproject\.toml|requirements[^/]*\.txt|Pipfile|setup\.(?:py|cfg)|Gemfile|composer\.json|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|[^/]+\.(?:csproj|gradle|gradle\.kts)|libs\.versions\.toml|Directory\.Packages\.props)$/

/** One program of the repository: the source that goes into one image. What is asked of it is worked out when it is asked. */
export class Program {
  readonly home: string
  readonly file: BuildFile
  readonly tree: Tree
  /** All texts of the image but tests. */
  readonly texts: readonly ProgramText[]
  readonly cut: boolean
  readonly #all: readonly ProgramText[]
  #words: Set<string> | undefined
  #literals: Set<string> | undefined
  #libraries: string | undefined

  constructor(from: { home: string; file: BuildFile; texts: ProgramText[]; tree: Tree; reading: Reading }) {
    this.home = from.home
    this.file = from.file
    this.tree = from.tree
    this.texts = from.texts.filter(({ test }) => !test)
    this.cut = from.reading.cut
    this.#all = from.reading.texts
  }

  get source(): ProgramText[] {
    return this.texts.filter(({ language }) => language !== undefined)
  }

  /** The languages of its source, the one with most files first. */
  get languages(): Language[] {
    const counts = new Map<Language, number>()
    for (const { language } of this.texts)
      if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + 1)
    return [...counts].sort(([, a], [, b]) => b - a).map(([language]) => language)
  }

  /** Every word of its source and configuration. */
  get words(): ReadonlySet<string> {
    if (this.#words !== undefined) return this.#words
    const words = new Set<string>()
    for (const { text, path } of this.texts)
      if (!isEnvironmentTemplate(path)) for (const match of text.matchAll(word)) words.add(match[0])
    this.#words = words
    return words
  }

  /** Every short string of its source. */
  get literals(): ReadonlySet<string> {
    if (this.#literals !== undefined) return this.#literals
    const literals = new Set<string>()
    for (const { text, language } of this.texts)
      if (language !== undefined) for (const [, value = ''] of text.matchAll(literal)) literals.add(value)
    this.#literals = literals
    return literals
  }

  /** The manifests of its libraries, those of the folders above its own included. */
  get manifests(): ProgramText[] {
    const own = new Set(this.texts.filter(({ path }) => manifest.test(path)))
    for (const text of this.#all) if (manifest.test(text.path) && isBelow(this.home, folderOf(text.path))) own.add(text)
    return [...own]
  }

  /** What says which libraries it takes in: its manifests, and in Go, whose modules list those of others, its imports. */
  get libraries(): string {
    this.#libraries ??= [
      ...this.manifests.map(({ text }) => text),
      ...[...this.literals].filter((value) => value.includes('.') && value.includes('/')),
    ].join('\n')
    return this.#libraries
  }

  /** The first text that has a pattern, and where. */
  find(pattern: RegExp): { text: ProgramText; match: RegExpExecArray } | undefined {
    for (const text of this.source) {
      const match = pattern.exec(text.text)
      if (match !== null) return { text, match }
    }
    return undefined
  }

  /** Configuration files of Spring Boot, by their name without the ending. */
  get springFiles(): ProgramText[] {
    return this.texts.filter(({ path }) =>
      /^(?:application|bootstrap)(?:-[\w-]+)?\.(?:ya?ml|properties)$/.test(baseOf(path)),
    )
  }
}

const isEnvironmentTemplate = (path: string): boolean => /(?:^|\/)\.env/.test(path)
