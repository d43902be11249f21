import { startOf } from '../../core/facts/place.ts'
import type { Collected, Sink, TextFile } from '../collector.ts'
import { asMapping } from '../shape.ts'

interface Manager {
  name: string
  lockFiles: readonly string[]
  /** How many dependencies the text declares; undefined where another manager reads this file. */
  count(file: TextFile): number | undefined
}

const sizeOf = (value: unknown): number => Object.keys(asMapping(value) ?? {}).length

const json = (file: TextFile): Record<string, unknown> | undefined => asMapping(file.yaml('1.2').documents[0]?.value)

const linesThat = (pattern: RegExp, text: string): number =>
  text.split('\n').filter((line) => pattern.test(line)).length

/** Lines below one of the TOML tables named, up to the next table. */
const tomlEntries = (text: string, tables: RegExp): number => {
  let inside = false
  let count = 0
  for (const line of text.split('\n')) {
    if (line.startsWith('[')) inside = tables.test(line)
    else if (inside && /^[\w"'-]+\s*=/.test(line) && !/^python\s*=/.test(line)) count++
  }
  return count
}

const managers: Record<string, Manager> = {
  'package.json': {
    name: 'npm',
    lockFiles: [
      'package-lock.json',
      'npm-shrinkwrap.json',
      'yarn.lock',
      'pnpm-lock.yaml',
      'bun.lock',
      'bun.lockb',
      'deno.lock',
    ],
    count: (file) => {
      const data = json(file)
      return sizeOf(data?.['dependencies']) + sizeOf(data?.['devDependencies'])
    },
  },
  'go.mod': {
    name: 'Go',
    lockFiles: ['go.sum'],
    // A module replaced by a folder needs no sum; one requirement that is not is enough to need the file.
    count: ({ text }) => linesThat(/^\s*(?:require\s+)?[a-z0-9.-]+\.[a-z]+\/\S+\s+v\d/, text),
  },
  'composer.json': { name: 'Composer', lockFiles: ['composer.lock'], count: (file) => sizeOf(json(file)?.['require']) },
  Gemfile: { name: 'Bundler', lockFiles: ['Gemfile.lock'], count: ({ text }) => linesThat(/^\s*gem\s+['"]/, text) },
  Pipfile: { name: 'Pipenv', lockFiles: ['Pipfile.lock'], count: ({ text }) => tomlEntries(text, /^\[packages\]/) },
  'Cargo.toml': {
    name: 'Cargo',
    lockFiles: ['Cargo.lock'],
    count: ({ text }) => tomlEntries(text, /^\[(?:workspace\.)?dependencies\]/),
  },
  'pyproject.toml': {
    name: 'Poetry',
    lockFiles: ['poetry.lock', 'uv.lock', 'pdm.lock', 'pylock.toml'],
    count: ({ text }) =>
      text.includes('[tool.poetry') ? tomlEntries(text, /^\[tool\.poetry\.dependencies\]/) : undefined,
  },
  'mix.exs': { name: 'Mix', lockFiles: ['mix.lock'], count: ({ text }) => linesThat(/^\s*\{:\w+,/, text) },
  'pubspec.yaml': {
    name: 'pub',
    lockFiles: ['pubspec.lock'],
    count: (file) => sizeOf(asMapping(file.yaml('1.2').documents[0]?.value)?.['dependencies']),
  },
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

// Installed packages and test data declare dependencies of nobody who deploys this.
const elsewhere = /(?:^|\/)(?:node_modules|vendor|testdata|fixtures?|__fixtures__|third_party|templates?)\//

export const isManifest = (path: string): boolean => Object.hasOwn(managers, baseName(path)) && !elsewhere.test(path)

/** A fact for a manifest that declares dependencies. Whether it is locked is filled in by `relateManifests`. */
export const collectManifest = (file: TextFile, sink: Sink): void => {
  const manager = managers[baseName(file.path)]
  const dependencies = manager?.count(file) ?? 0
  if (manager === undefined || dependencies === 0) return
  sink.fact({
    kind: 'repository.manifest',
    subject: `manifest ${file.path}`,
    place: startOf(file.path),
    value: { manager: manager.name, dependencies, lockFiles: [...manager.lockFiles], locked: false },
  })
}

/** A lock file counts beside the manifest and, for a workspace, in every folder above it. */
export const relateManifests = (collected: Collected): void => {
  const { tree } = collected
  for (const { place, value } of collected.of('repository.manifest')) {
    let folder = place.path.slice(0, place.path.lastIndexOf('/') + 1)
    for (;;) {
      const here = folder
      if (value.lockFiles.some((name) => tree.has(here + name))) value.locked = true
      if (value.locked || folder === '') break
      folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1)
    }
  }
}
