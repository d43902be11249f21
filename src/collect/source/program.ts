import type { BuildFile } from './dockerfile.ts'
import type { PathIndex } from './path-index.ts'
import { baseOf } from '../tree-path.ts'
import type { ProgramText } from './reading.ts'
import type { TextSet } from './text-set.ts'

/** Files by which a program takes in libraries. */
const manifest =
  /(?:^|\/)(?:package\.json|pyproject\.toml|requirements[^/]*\.txt|Pipfile|setup\.(?:py|cfg)|Gemfile|composer\.json|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|[^/]+\.(?:csproj|gradle|gradle\.kts)|libs\.versions\.toml|Directory\.Packages\.props)$/

/** Whether a file declares libraries. */
export const isManifest = (path: string): boolean => manifest.test(path)

/** One program of the repository: the source that goes into one image, and the Dockerfile that makes it. */
export class Program {
  /** The folder that is its own, as far as the Dockerfile says. */
  readonly home: string
  readonly file: BuildFile
  readonly set: TextSet
  /** Every path of the repository. */
  readonly paths: PathIndex<string>
  readonly #above: readonly ProgramText[]
  #libraries: string | undefined
  readonly #answers = new Map<string, unknown>()

  constructor(from: { home: string; file: BuildFile; set: TextSet; above: ProgramText[]; paths: PathIndex<string> }) {
    this.home = from.home
    this.file = from.file
    this.set = from.set
    this.paths = from.paths
    this.#above = from.above
  }

  get texts(): readonly ProgramText[] {
    return this.set.texts
  }

  get source(): readonly ProgramText[] {
    return this.set.source
  }

  get cut(): boolean {
    return this.set.cut
  }

  get words(): ReadonlySet<string> {
    return this.set.words
  }

  get literals(): ReadonlySet<string> {
    return this.set.literals
  }

  /** Works something out at the first time that it is asked. */
  once<T>(key: string, work: () => T): T {
    if (!this.#answers.has(key)) this.#answers.set(key, work())
    return this.#answers.get(key) as T
  }

  find(pattern: RegExp): { text: ProgramText; match: RegExpExecArray } | undefined {
    return this.set.find(pattern)
  }

  /** The manifests of its libraries, those of the folders above its own included. */
  get manifests(): ProgramText[] {
    const own = this.set.once('manifests', () => this.texts.filter(({ path }) => isManifest(path)))
    return [...new Set([...own, ...this.#above])]
  }

  /** What says which libraries it takes in: its manifests, and in Go, whose modules list those of others, its imports. */
  get libraries(): string {
    this.#libraries ??= [
      ...this.manifests.map(({ text }) => text),
      ...[...this.literals].filter((value) => value.includes('.') && value.includes('/')),
    ].join('\n')
    return this.#libraries
  }

  /** Configuration files of Spring Boot. */
  get springFiles(): ProgramText[] {
    return this.set.once('spring', () =>
      this.texts.filter(({ path }) =>
        /^(?:application|bootstrap)(?:-[\w-]+)?\.(?:ya?ml|properties)$/.test(baseOf(path)),
      ),
    )
  }
}
