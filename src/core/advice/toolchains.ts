/** What builds and tests a project. */
export const toolchainNames = [
  'vitest',
  'jest',
  'mocha',
  'node',
  'go',
  'maven',
  'gradle',
  'pytest',
  'rust',
  'dotnet',
  'php',
  'ruby',
] as const
export type ToolchainName = (typeof toolchainNames)[number]

/** One project of the repository. */
export interface Toolchain {
  name: ToolchainName
  /** From the root; `.` for the root itself. */
  directory: string
}

/** What advice needs to know of a repository. */
export interface Survey {
  toolchains: readonly Toolchain[]
  /** Dockerfiles and Containerfiles, the outermost first. */
  imageFiles: readonly string[]
  /** Scripts of k6. */
  loadTests: readonly string[]
}

const manifests: readonly { file: RegExp; name: ToolchainName | 'javascript' }[] = [
  { file: /^package\.json$/, name: 'javascript' },
  { file: /^go\.mod$/, name: 'go' },
  { file: /^pom\.xml$/, name: 'maven' },
  { file: /^build\.gradle(?:\.kts)?$/, name: 'gradle' },
  { file: /^(?:pyproject\.toml|requirements\.txt|setup\.py|setup\.cfg|Pipfile)$/, name: 'pytest' },
  { file: /^Cargo\.toml$/, name: 'rust' },
  { file: /^[^/]+\.(?:sln|slnx|csproj|fsproj)$/, name: 'dotnet' },
  { file: /^composer\.json$/, name: 'php' },
  { file: /^Gemfile$/, name: 'ruby' },
]

const imageFile = /^(?:(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?|[\w.-]+\.Dockerfile)$/
const k6Script =
  /(?:^|\/)(?:k6|load|load-tests?|loadtests?|perf|performance)\/[^/]+\.(?:js|ts)$|(?:^|\/)[^/]*k6[^/]*\.(?:js|ts)$/

// Paths go into YAML and into commands as they are: any other is left out.
const safePath = /^[A-Za-z0-9_.][A-Za-z0-9_./-]{0,200}$/

/** So many projects get a step of their own. */
const maxProjects = 3

const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.')
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
const depth = (path: string): number => (path === '.' ? 0 : path.split('/').length)

/** The test runner of a package.json; undefined where it has none that is known. */
export const javascriptRunner = (text: string): ToolchainName | undefined => {
  let manifest: { dependencies?: object; devDependencies?: object; scripts?: Record<string, unknown> } | null
  try {
    manifest = JSON.parse(text) as typeof manifest
  } catch {
    return undefined
  }
  if (typeof manifest !== 'object' || manifest === null) return undefined
  const has = (name: string): boolean =>
    [manifest.dependencies, manifest.devDependencies].some(
      (list) => typeof list === 'object' && list !== null && Object.hasOwn(list, name),
    )
  const scripts =
    typeof manifest.scripts === 'object' && manifest.scripts !== null ? Object.values(manifest.scripts) : []
  const commands = scripts.filter((script) => typeof script === 'string').join('\n')
  for (const name of ['vitest', 'jest', 'mocha'] as const)
    if (has(name) || new RegExp(`\\b${name}\\b`).test(commands)) return name
  return /\bnode\b[^\n]* --test\b/.test(commands) ? 'node' : undefined
}

const byDepth = (a: string, b: string): number => depth(a) - depth(b) || (a < b ? -1 : 1)

/**
 * Finds what a repository's projects are built with, the outermost first. A project inside another of its kind is a part of it.
 * @param read a manifest's text; undefined where it cannot be read
 */
export const surveyToolchains = async (
  paths: readonly string[],
  read: (path: string) => Promise<string | undefined>,
): Promise<Survey> => {
  const usable = paths.filter((path) => safePath.test(path) && !path.split('/').includes('..')).sort(byDepth)
  const toolchains: Toolchain[] = []
  for (const { file, name: family } of manifests) {
    const found = usable.filter((path) => file.test(nameOf(path))).slice(0, 50)
    let projects = 0
    for (const path of found) {
      const directory = folderOf(path)
      const name = family === 'javascript' ? javascriptRunner((await read(path)) ?? '') : family
      if (name === undefined || projects >= maxProjects) continue
      const within = toolchains.some(
        (other) =>
          other.name === name && (other.directory === '.' || `${directory}/`.startsWith(`${other.directory}/`)),
      )
      if (within) continue
      toolchains.push({ name, directory })
      projects++
    }
  }
  return {
    toolchains,
    imageFiles: usable.filter((path) => imageFile.test(nameOf(path))).slice(0, maxProjects),
    loadTests: usable.filter((path) => k6Script.test(path)).slice(0, maxProjects),
  }
}
