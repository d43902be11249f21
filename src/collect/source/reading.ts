import type { TextFile } from '../collector.ts'
import { looksLikeKubernetes } from '../kubernetes/recognise.ts'
import type { Tree } from '../tree.ts'
import { readCompose } from './compose.ts'
import type { Deployed } from './deployed.ts'
import { readBuildFile, type BuildFile } from './dockerfile.ts'
import { isTest, languageOf, type Language } from './languages.ts'
import { readKubernetes } from './manifests.ts'
import { readScrapeJobs, type ScrapeJob } from './prometheus.ts'

/** One text that may say something of a program. */
export interface ProgramText {
  path: string
  text: string
  language: Language | undefined
  test: boolean
}

/** What one run has read so far. Everything is joined in `relate`, since a build may name a folder that comes later. */
export interface Reading {
  texts: ProgramText[]
  builds: Map<string, BuildFile>
  deployed: Deployed[]
  scrapes: ScrapeJob[]
  /** Documented commands that pass --env-file to compose. */
  commands: { path: string; line: number; text: string }[]
  characters: number
  /** There was more text than is kept, so that nothing may be said of what is missing. */
  cut: boolean
}

/** More source than is held in memory for one question. Characters. */
const maxCharacters = 200_000_000

const readings = new WeakMap<Tree, Reading>()

export const readingOf = (tree: Tree): Reading => {
  const known = readings.get(tree) ?? {
    texts: [],
    builds: new Map<string, BuildFile>(),
    deployed: [],
    scrapes: [],
    commands: [],
    characters: 0,
    cut: false,
  }
  readings.set(tree, known)
  return known
}

/** The reading, which is let go of. */
export const takeReading = (tree: Tree): Reading => {
  const reading = readingOf(tree)
  readings.delete(tree)
  return reading
}

const isDockerfile = (path: string): boolean =>
  /(?:^|\/)(?:Dockerfile|Containerfile)(?:\.[^/]+)?$|\.Dockerfile$/.test(path) && !path.endsWith('.dockerignore')

const noteCommands = ({ path, text }: TextFile, reading: Reading): void => {
  for (const match of text.matchAll(/docker[- ]compose[^\n]{0,300}--env-file[^\n]{0,300}/g)) {
    if (reading.commands.length >= 500) return
    const line = text.slice(0, match.index).split('\n').length
    reading.commands.push({ path, line, text: match[0] })
  }
}

/** Files that set variables and ask paths, in which a program's own names prove nothing. */
const isDeployment = (file: TextFile, reading: Reading, tree: Tree): boolean => {
  const { path, text } = file
  if (!/\.(?:ya?ml|json)$/.test(path)) return false
  if (path.startsWith('.github/')) return true
  if (/\.ya?ml$/.test(path) && /^services[ \t]*:/m.test(text) && !text.includes('apiVersion:')) {
    reading.deployed.push(...readCompose(file))
    return true
  }
  if (/\.ya?ml$/.test(path) && /^scrape_configs[ \t]*:/m.test(text)) {
    reading.scrapes.push(...readScrapeJobs(file))
    return true
  }
  if (!looksLikeKubernetes(text)) return /(?:^|\/)(?:values[^/]*|skaffold|docker-compose[^/]*)\.ya?ml$/.test(path)
  reading.deployed.push(...readKubernetes(file, tree))
  return true
}

/** Takes in one file. */
export const take = (file: TextFile, tree: Tree): void => {
  const reading = readingOf(tree)
  const { path, text } = file
  if (text.includes('--env-file')) noteCommands(file, reading)
  if (path.endsWith('.md')) return
  if (isDockerfile(path)) {
    reading.builds.set(path, readBuildFile(path, text))
    return
  }
  if (isDeployment(file, reading, tree)) return
  reading.characters += text.length
  if (reading.characters > maxCharacters) {
    reading.cut = true
    return
  }
  reading.texts.push({ path, text, language: languageOf(path), test: isTest(path) })
}
