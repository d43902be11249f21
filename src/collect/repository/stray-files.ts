import { startOf } from '../../core/facts/place.ts'
import type { WorkspaceFile } from '../../ports/workspace.ts'
import type { Collected, Sink } from '../collector.ts'
import type { FactValue } from '../../core/facts/index.ts'
import { ignoredBy, ignoredRoot } from './ignore-lists.ts'

type Kind = FactValue<'repository.stray-file'>['kind']

interface Stray {
  kind: Kind
  what: string
  /** The file, or the folder that is told as one, with `/` at its end. */
  path: string
}

// Whole folders that a tool makes and that are told as one.
const folders: readonly [RegExp, Kind, string][] = [
  [/^(?:.*\/)?node_modules\//, 'dependencies', 'installed packages'],
  [/^(?:.*\/)?(?:\.venv|venv|site-packages)\//, 'dependencies', 'a Python environment'],
  [/^(?:.*\/)?__pycache__\//, 'compiled', 'compiled Python'],
  [/^(?:.*\/)?(?:\.idea|\.vs|\.settings|nbproject)\//, 'editor', "an editor's project files"],
  [
    /^(?:.*\/)?(?:\.gradle|\.next|\.nuxt|\.terraform|\.pytest_cache|\.mypy_cache|\.nyc_output)\//,
    'compiled',
    'a tool cache',
  ],
]

// Formats that only a compiler writes. A gradle wrapper and a vendored library are kept on purpose.
const compiled = /\.(?:class|pyc|pyo|o|obj|hi|beam|elc)$/
const binary = /\.(?:exe|dll|dylib|so|a|lib|war|ear|apk|ipa|aab|msi|dmg|deb|rpm|iso)$/
const leftover =
  /(?:\.(?:orig|rej|swp|swo|bak|old)|~|\/\.DS_Store|^\.DS_Store|Thumbs\.db|\.hprof|hs_err_pid\d+\.log|npm-debug\.log|\.coverage)$/
// Texts at the root that tools or readers look for; any other is somebody's note.
const note =
  /^(?!requirements|constraints|licen|readme|robots|humans|security|notice|cmakelists|change-?log|changes|version|runtime|authors|contributors|copying|install|llms|ads|history|news|todo|packages|dependencies|manifest|patents|third)[^/]+\.txt$/i
const toolOutput =
  /(?:^|\/)(?:coverage(?:\.out|\.txt|\.xml)?|cover\.out|lcov\.info|nohup\.out|(?:test|build)[-_]output\.(?:txt|log)|[^/]+\.log)$/
const plainNames = /^(?:[A-Z][A-Za-z]*|gradlew|mvnw|configure|[a-z]+file|CODEOWNERS)$/
const fixtures = /(?:^|\/)(?:tests?|__tests__|testdata|fixtures?|samples?|examples?|third_party|vendor)\//i

/** A program without an extension is a build's result: half a megabyte and executable, or any such file of a megabyte. */
const isProgram = ({ path, size, mode }: WorkspaceFile): boolean => {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return (
    !name.includes('.') && !plainNames.test(name) && (size >= 5_000_000 || (mode === 'executable' && size >= 500_000))
  )
}

const strayOf = (file: WorkspaceFile): Stray | undefined => {
  const { path } = file
  for (const [pattern, kind, what] of folders) {
    const folder = pattern.exec(path)?.[0]
    // An editor's own .gitignore, and settings that a team shares, are no reason to speak.
    if (folder !== undefined) return path === `${folder}.gitignore` ? undefined : { kind, what, path: folder }
  }
  if (compiled.test(path)) return { kind: 'compiled', what: 'compiled code', path: buildRoot(path) }
  if (fixtures.test(path)) return undefined
  if (binary.test(path) || isProgram(file)) return { kind: 'binary', what: 'a built program or library', path }
  if (leftover.test(path) || toolOutput.test(path))
    return { kind: 'leftover', what: 'a leftover of a tool or an editor', path }
  if (note.test(path)) return { kind: 'note', what: 'a text at the root under a name that nothing looks for', path }
  return undefined
}

const buildFolder = /^(?:.*?\/)?(?:build(?:-[a-z]+)?|target|out|bin|obj|dist|classes)\//

/** The build folder that compiled code lies in, or its own folder. */
const buildRoot = (path: string): string => buildFolder.exec(path)?.[0] ?? path.slice(0, path.lastIndexOf('/') + 1)

/** Facts about what a build, an editor or a tool left in the tree; a folder of them is one fact. */
export const surveyStrayFiles = (collected: Collected, sink: Sink): void => {
  const ignored = ignoredBy(collected)
  const groups = new Map<string, { stray: Stray; first: string; files: number; size: number }>()
  for (const file of collected.tree.files) {
    if (file.mode === 'submodule') continue
    const stray = strayOf(file) ?? ignoredStray(file.path, ignored)
    if (stray === undefined) continue
    const key = `${stray.kind} ${stray.path}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { stray, first: file.path, files: 1, size: file.size })
    else {
      group.files++
      group.size += file.size
    }
  }
  for (const { stray, first, files, size } of groups.values())
    sink.fact({
      kind: 'repository.stray-file',
      subject: `${stray.path.endsWith('/') ? 'folder' : 'file'} ${stray.path}`,
      place: startOf(first),
      value: { ...stray, files, size },
    })
}

// Templates of ignored files are kept on purpose; what they mean for the next one is said in secrets/.
const keptOnPurpose = /(?:^|\/)(?:\.gitkeep|\.gitignore|\.keep)$|\.(?:example|sample|template|dist)$/i

const ignoredStray = (path: string, ignored: (path: string) => boolean): Stray | undefined =>
  // `.*` in a list, and settings that a team shares all the same, are added by hand and known to it.
  path.startsWith('.') || keptOnPurpose.test(path) || !ignored(path)
    ? undefined
    : { kind: 'ignored', what: 'tracked although .gitignore covers it', path: ignoredRoot(path, ignored) }
