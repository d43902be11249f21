import { parseAllDocuments } from 'yaml'
import { globMatcher } from '../../../core/globs.ts'
import { defaultIgnore } from '../../../core/policy.ts'

/** One part of a monorepo that is built by itself. */
export interface Service {
  name: string
  directory: string
}

/** What a repository shows of itself to somebody who writes its first policy. */
export interface Survey {
  /** Names that workflows deploy to, as they are written, in order. */
  environments: string[]
  services: Service[]
  /** Where the test runners of the languages found leave JUnit files. */
  testGlobs: string[]
}

const isWorkflow = globMatcher(['.github/workflows/*.{yml,yaml}'])
const buildsImage = globMatcher(['**/{Dockerfile,Containerfile}', '**/*.Dockerfile', '**/Dockerfile.*'])

// A runner's usual place for JUnit files, by a file that shows the language. `**/junit*.xml` is asked for everywhere.
const runners: readonly { files: readonly string[]; glob: string }[] = [
  { files: ['**/pom.xml'], glob: '**/target/{surefire,failsafe}-reports/*.xml' },
  { files: ['**/build.gradle', '**/build.gradle.kts'], glob: '**/build/test-results/**/*.xml' },
  { files: ['**/package.json'], glob: '**/test-results/**/*.xml' },
  { files: ['**/pyproject.toml', '**/requirements.txt', '**/setup.py'], glob: '**/pytest*.xml' },
  { files: ['**/go.mod'], glob: '**/test-reports/**/*.xml' },
  { files: ['**/Cargo.toml'], glob: '**/target/nextest/**/junit.xml' },
  { files: ['**/*.csproj', '**/*.fsproj'], glob: '**/TestResults/**/*.xml' },
  { files: ['**/Gemfile'], glob: '**/rspec*.xml' },
  { files: ['**/composer.json'], glob: '**/phpunit*.xml' },
]

/** The environment that a job names; undefined for none and for one that is computed. */
const environmentOf = (job: unknown): string | undefined => {
  const value = (job as { environment?: unknown } | null | undefined)?.environment
  const name = typeof value === 'object' && value !== null ? (value as { name?: unknown }).name : value
  return typeof name === 'string' && name.trim() !== '' && !name.includes('${{') ? name.trim() : undefined
}

const environmentsIn = (text: string): string[] => {
  try {
    return parseAllDocuments(text).flatMap((document) => {
      if (!('errors' in document) || document.errors.length > 0) return []
      const { jobs } = (document.toJS({ maxAliasCount: 100 }) ?? {}) as { jobs?: unknown }
      if (typeof jobs !== 'object' || jobs === null) return []
      return Object.values(jobs).flatMap((job) => environmentOf(job) ?? [])
    })
  } catch {
    return [] // not a workflow that can be read: check will say so
  }
}

const lastName = (directory: string): string => directory.slice(directory.lastIndexOf('/') + 1)

const servicesIn = (paths: readonly string[]): Service[] => {
  const folders = paths.filter(buildsImage).map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/'))))
  const directories = [...new Set(folders)].filter((folder) => folder !== '').sort()
  // One folder inside another is one service: the outer one.
  const outer = directories.filter((folder) => !directories.some((other) => folder.startsWith(`${other}/`)))
  if (outer.length < 2) return []
  return outer.map((directory) => {
    const alone = outer.filter((other) => lastName(other) === lastName(directory)).length === 1
    return { name: alone ? lastName(directory) : directory.replaceAll('/', '-'), directory }
  })
}

/** Looks at a repository's paths and at the text of its workflows. Judges nothing. */
export const surveyOf = (allPaths: readonly string[], read: (path: string) => string): Survey => {
  const ignored = globMatcher(defaultIgnore)
  const paths = allPaths.filter((path) => !ignored(path)).sort()
  const environments = paths.filter(isWorkflow).flatMap((path) => environmentsIn(read(path)))
  const globs = runners.filter(({ files }) => paths.some(globMatcher(files))).map(({ glob }) => glob)
  return {
    environments: [...new Set(environments)],
    services: servicesIn(paths),
    testGlobs: ['**/junit*.xml', ...globs],
  }
}
