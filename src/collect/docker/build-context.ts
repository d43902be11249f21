import picomatch from 'picomatch'
import type { Fact } from '../../core/facts/index.ts'
import { defined } from '../shape.ts'
import type { Collected, Sink, TextFile } from '../collector.ts'
import type { Tree } from '../tree.ts'

/** More patterns than anybody writes. */
const maxPatterns = 2_000

/** The fact of a .dockerignore file: its patterns, in their order. */
export const ignoreFileFact = (file: TextFile, sink: Sink): void => {
  const lines = file.text.split('\n').map((line) => line.trim())
  const patterns = lines.filter((line) => line !== '' && !line.startsWith('#'))
  sink.fact({
    kind: 'docker.ignore-file',
    subject: `file ${file.path}`,
    place: { path: file.path, line: 1, column: 1 },
    value: { patterns: patterns.slice(0, maxPatterns) },
  })
}

/** Names that stand for all files of their kind; a pattern that lets them through lets secrets through. */
const sensitive: readonly string[] = ['.env', '.git']

const folders = (path: string): string[] => {
  const found: string[] = []
  for (let at = path.lastIndexOf('/'); at >= 0; at = path.lastIndexOf('/', at - 1)) {
    found.push(path.slice(0, at + 1))
    if (at === 0) break
  }
  return [...found, '']
}

const ignoreNames = ['.dockerignore', '.containerignore']

/** The ignore files that may count for a Dockerfile, the likeliest first. */
const candidates = (dockerfile: string): string[] => [
  `${dockerfile}.dockerignore`,
  ...folders(dockerfile).flatMap((folder) => ignoreNames.map((name) => folder + name)),
]

/** Docker's patterns: anchored at the context, the last that matches wins, and a folder's match is its files' match. */
export const isIgnored = (path: string, patterns: readonly string[]): boolean => {
  let ignored = false
  for (const raw of patterns) {
    const negated = raw.startsWith('!')
    const pattern = (negated ? raw.slice(1) : raw)
      .trim()
      .replace(/^\.?\/+/, '')
      .replace(/\/+$/, '')
    if (pattern === '' || pattern.length > 500) continue
    // An extended glob is plain text to Docker.
    const options = { dot: true, noextglob: true, nobrace: true, nonegate: true }
    const matches = picomatch.isMatch(path, pattern, options) || picomatch.isMatch(path, `${pattern}/**`, options)
    if (matches) ignored = !negated
  }
  return ignored
}

const uncovered = (ignoreFile: Fact<'docker.ignore-file'>): string[] => {
  const { path } = ignoreFile.place
  const folder = folderOf(path)
  // The .git folder is in the context only where that is the repository's root.
  return sensitive.filter((name) => (name !== '.git' || folder === '') && !isIgnored(name, ignoreFile.value.patterns))
}

const environmentFile = /(?:^|\/)\.env(?:\.[^/]+)?$|(?:^|\/)env\.(?:example|sample|template)$/i

const manifest =
  /^(?:package\.json|go\.mod|requirements[^/]*\.txt|pyproject\.toml|Pipfile|setup\.py|pom\.xml|build\.gradle(?:\.kts)?|Cargo\.toml|composer\.json|Gemfile|mix\.exs|[^/]+\.(?:csproj|fsproj|sln))$/

/** The folder with its last slash; empty for the root. */
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)

/**
 * The folders with the manifest of what is built there, and those with a .env, or a template of one, somewhere below: there
 * somebody keeps one beside the source. In one pass, since a tree may have as many contexts as folders.
 */
const notableFolders = ({ files }: Tree): { built: Set<string>; keepingEnvironment: Set<string> } => {
  const built = new Set<string>()
  const keepingEnvironment = new Set<string>()
  for (const { path } of files) {
    const folder = folderOf(path)
    if (manifest.test(path.slice(folder.length))) built.add(folder)
    if (!environmentFile.test(path)) continue
    for (let above = folder; above !== ''; above = folderOf(above.slice(0, -1))) keepingEnvironment.add(above)
    keepingEnvironment.add('')
  }
  return { built, keepingEnvironment }
}

/** Says of each Dockerfile that copies its whole context what keeps secrets out of it. */
export const relateContexts = (collected: Collected, sink: Sink): void => {
  const ignoreFiles = new Map(collected.of('docker.ignore-file').map((fact) => [fact.place.path, fact]))
  const wholes = new Map<string, Fact<'docker.copy'>[]>()
  for (const copy of collected.of('docker.copy')) {
    if (!copy.value.wholeContext) continue
    wholes.set(copy.place.path, [...(wholes.get(copy.place.path) ?? []), copy])
  }
  const { built, keepingEnvironment } = notableFolders(collected.tree)
  for (const [path, copies] of wholes) {
    const shipped = copies.find(({ value }) => value.ships)
    const at = shipped ?? copies[0]
    if (at === undefined) continue
    const name = candidates(path).find((candidate) => collected.tree.has(candidate))
    const ignoreFile = name === undefined ? undefined : ignoreFiles.get(name)
    sink.fact({
      kind: 'docker.context',
      subject: 'build context',
      place: at.place,
      value: defined({
        ships: shipped !== undefined,
        development: copies.every(({ value }) => value.development),
        ignoreFile: name,
        uncovered: ignoreFile === undefined ? [] : uncovered(ignoreFile),
        // A Dockerfile beside the manifest of what it builds is built in its own folder, and any other perhaps at the root.
        atRoot: folderOf(path) === '' || !built.has(folderOf(path)),
        keepsEnvironment: keepingEnvironment.has(folderOf(name ?? path)),
      }),
    })
  }
}
