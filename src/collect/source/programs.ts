import type { Tree } from '../tree.ts'
import type { Deployed } from './deployed.ts'
import type { BuildFile } from './dockerfile.ts'
import { baseOf, folderOf, isBelow, pathFrom } from '../tree-path.ts'
import { PathIndex } from './path-index.ts'
import { isManifest, Program } from './program.ts'
import type { ProgramText, Reading } from './reading.ts'
import { TextSet } from './text-set.ts'

/** What all images together take is searched up to this; a library that each of them takes counts each time. Characters. */
const maxSearched = 200_000_000

const wildcard = /[*?[]/

/** Finds, for a container of a deployment file, the program whose image it runs. */
export class Programs {
  readonly #reading: Reading
  readonly #tree: Tree
  readonly #texts: PathIndex<ProgramText>
  readonly #paths: PathIndex<string>
  readonly #manifests = new Map<string, ProgramText[]>()
  readonly #programs = new Map<string, Program>()
  readonly #sets = new Map<string, TextSet>()
  #searched = 0
  readonly #found = new Map<Deployed, Program | undefined>()
  readonly #byImage = new Map<string, Deployed['build'] | 'several'>()
  readonly #byName = new Map<string, BuildFile | 'several'>()

  constructor(reading: Reading, tree: Tree) {
    this.#reading = reading
    this.#tree = tree
    this.#texts = new PathIndex(reading.texts, ({ path }) => path)
    this.#paths = new PathIndex(
      tree.files.map(({ path }) => path),
      (path) => path,
    )
    for (const text of reading.texts) {
      if (!isManifest(text.path)) continue
      const folder = folderOf(text.path)
      this.#manifests.set(folder, [...(this.#manifests.get(folder) ?? []), text])
    }
    for (const { build, image, names } of reading.deployed) {
      if (build === undefined) continue
      for (const name of image === undefined || image.includes('$')
        ? names.slice(0, 1)
        : [lastPart(image), ...names.slice(0, 1)])
        this.#note(this.#byImage, name, build, (a, b) => a?.dockerfile === b?.dockerfile)
    }
    for (const file of reading.builds.values()) {
      const name = nameOfBuild(file.path)
      if (name !== '') this.#note(this.#byName, name, file, (a, b) => a === b)
    }
  }

  #note<T>(map: Map<string, T | 'several'>, name: string, value: T, same: (a: T, b: T) => boolean): void {
    const known = map.get(name)
    if (known === undefined) map.set(name, value)
    else if (known !== 'several' && !same(known, value)) map.set(name, 'several')
  }

  /** Every program that a Dockerfile of the repository builds. */
  ofBuildFile(file: BuildFile): Program | undefined {
    return this.#program({ context: this.#contextOf(file), dockerfile: file.path })
  }

  /** The program of a container; undefined where its image is not built here, or nobody can say from what. */
  of(deployed: Deployed): Program | undefined {
    if (!this.#found.has(deployed)) this.#found.set(deployed, this.#find(deployed))
    return this.#found.get(deployed)
  }

  #find({ build, image, computed }: Deployed): Program | undefined {
    if (build !== undefined) return this.#program(build)
    if (image === undefined || computed || image.includes('$')) return undefined
    const name = lastPart(image)
    const built = this.#byImage.get(name)
    if (built === 'several') return undefined
    if (built !== undefined) return this.#program(built)
    const named = this.#byName.get(name)
    if (named === 'several') return undefined
    const file = named ?? this.#bySuffix(name)
    return file === undefined ? undefined : this.ofBuildFile(file)
  }

  /** `shop-checkout` is the image of the folder `checkout`, if it is of no other. */
  #bySuffix(name: string): BuildFile | undefined {
    const found: (BuildFile | 'several')[] = []
    for (let at = name.indexOf('-'); at >= 0; at = name.indexOf('-', at + 1)) {
      const folder = name.slice(at + 1)
      const named = folder.length > 3 && !roles.has(folder) ? this.#byName.get(folder) : undefined
      if (named !== undefined) found.push(named)
    }
    const [only] = found
    return found.length === 1 && only !== 'several' ? only : undefined
  }

  #contextOf(file: BuildFile): string {
    const own = folderOf(file.path)
    const has = (folder: string): number =>
      file.copies.filter((copy) => {
        const path = wildcard.test(copy) ? undefined : pathFrom(folder, copy)
        return path !== undefined && path !== folder && (this.#tree.has(path) || this.#tree.isDirectory(path))
      }).length
    let best = own
    for (let folder = own; folder !== '';) {
      folder = folderOf(folder)
      if (has(folder) > has(best)) best = folder
    }
    return best
  }

  #program(build: { context: string; dockerfile: string }): Program | undefined {
    const key = `${build.context}\n${build.dockerfile}`
    const known = this.#programs.get(key)
    if (known !== undefined) return known
    const file = this.#reading.builds.get(build.dockerfile)
    if (file === undefined) return undefined
    const set = this.#setOf(this.#rootsOf(file, build.context))
    const { texts } = set
    if (set.source.length === 0) return undefined
    const own = folderOf(build.dockerfile)
    const home = isBelow(own, build.context) && texts.some(({ path }) => isBelow(path, own)) ? own : build.context
    const program = new Program({
      home,
      file,
      set,
      above: this.#above(home),
      paths: this.#paths,
    })
    this.#programs.set(key, program)
    return program
  }

  /** Folders and files that the image takes from the repository. */
  #rootsOf(file: BuildFile, context: string): string[] {
    const roots = new Set<string>()
    for (const copy of file.copies) {
      const star = copy.search(wildcard)
      const fixed = star < 0 ? copy : copy.slice(0, copy.lastIndexOf('/', star) + 1)
      const path = pathFrom(context, fixed)
      if (path === undefined || copy.includes('$')) return [context]
      if (path === context && (star >= 0 || !/^\.?\/?$/.test(copy))) roots.add(context)
      else roots.add(path)
    }
    return roots.size === 0 ? [context] : [...roots]
  }

  /** One set for all images that take the same folders. */
  #setOf(all: readonly string[]): TextSet {
    const roots = all.filter((root) => !all.some((other) => other !== root && isBelow(root, other))).sort()
    const key = roots.join('\n')
    const known = this.#sets.get(key)
    if (known !== undefined) return known
    const texts = this.#below(roots)
    for (const { text } of texts) this.#searched += text.length
    const set = new TextSet(texts, this.#reading.cut || this.#searched > maxSearched)
    this.#sets.set(key, set)
    return set
  }

  #below(roots: readonly string[]): ProgramText[] {
    const found = new Set<ProgramText>()
    for (const root of roots) {
      for (const text of this.#texts.below(root)) found.add(text)
      const file = this.#texts.at(root)
      if (file !== undefined) found.add(file)
    }
    return [...found]
  }

  /** Manifests of the folders above a program's own, whose libraries are its libraries too. */
  #above(home: string): ProgramText[] {
    const found: ProgramText[] = []
    for (let folder = home; ; folder = folderOf(folder)) {
      found.push(...(this.#manifests.get(folder) ?? []))
      if (folder === '') return found
    }
  }
}

const lastPart = (image: string): string => {
  const last = image.slice(image.lastIndexOf('/') + 1)
  return last.split(/[:@]/)[0] ?? last
}

const generic = new Set(['docker', 'build', 'src', 'app', 'deploy', 'container', 'containers', 'image', 'images'])

/** Names that parts of many products have: `guestbook-frontend` need not be of the folder `frontend`. */
const roles = new Set(
  'frontend backend server client worker gateway proxy admin auth core main base service website dashboard database redis postgres nginx'.split(
    ' ',
  ),
)

/** What a Dockerfile's image is called where its folder or its own name says so. */
const nameOfBuild = (path: string): string => {
  const own = /^(.+)\.Dockerfile$|^Dockerfile\.(.+)$/.exec(baseOf(path))
  const name = own?.[1] ?? own?.[2]
  if (name !== undefined) return /^(?:dev|prod|production|test|local|debug|ci|native)/.test(name) ? '' : name
  const folder = baseOf(folderOf(path))
  return generic.has(folder) ? '' : folder
}
