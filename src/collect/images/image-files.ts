import { stepsThrough, type Stage, type Step } from '../docker/stages.ts'
import { baseOf, folderOf } from '../tree-path.ts'
import { below } from './paths.ts'

/** A step of an image and the folder in which it works; undefined where that is not known. */
export interface PlacedStep {
  step: Step
  directory: string | undefined
}

/** Joins a path with the folder of an image that it starts from; undefined where that is not known. */
export const inImage = (directory: string | undefined, path: string): string | undefined => {
  if (/[$*?]/.test(path)) return undefined
  const inside = path.startsWith('/') ? below('', path.slice(1)) : below((directory ?? '/').slice(1), path)
  return inside === undefined || (directory === undefined && !path.startsWith('/')) ? undefined : `/${inside}`
}

/** Images that start elsewhere than at the root. */
const ownFolder = /^(?:golang|php|wordpress|drupal|tomcat|httpd|postgres|mcr\.microsoft\.com\/.+|gcr\.io\/.+)$/

const placed = new WeakMap<Stage, readonly PlacedStep[]>()

/** The steps that make up an image, those of the stages that it builds on first, with the folder that each works in. */
export const placedSteps = (stage: Stage): readonly PlacedStep[] => {
  const known = placed.get(stage) ?? placeSteps(stage)
  placed.set(stage, known)
  return known
}

const placeSteps = (stage: Stage): PlacedStep[] => {
  let root = stage
  while (root.parent !== undefined) root = root.parent
  let directory: string | undefined = root.base.computed || ownFolder.test(root.image.repository) ? undefined : '/'
  return stepsThrough(stage).map((step) => {
    if (step.instruction.keyword === 'WORKDIR')
      directory = step.computed ? undefined : inImage(directory, step.text.trim())
    return { step, directory }
  })
}

/** What a COPY takes, and where it puts it; undefined where that is not known. */
export interface CopyParts {
  sources: readonly string[]
  /** As a path of the image. */
  destination: string
  /** Whether it can only be a folder. */
  folder: boolean
  from: string | undefined
}

/** Reads a COPY or ADD. */
export const copyParts = ({ step, directory }: PlacedStep): CopyParts | undefined => {
  const { instruction, text, computed } = step
  if (!/^(?:COPY|ADD)$/.test(instruction.keyword) || computed || text.startsWith('<<')) return undefined
  const words = instruction.exec ?? text.trim().split(/\s+/)
  const written = words.at(-1) ?? ''
  const destination = words.length < 2 ? undefined : inImage(directory, written)
  if (destination === undefined) return undefined
  const sources = words.slice(0, -1)
  const folder = /(?:^|\/)\.?\/?$/.test(written) || sources.length > 1
  return { sources, destination, folder, from: instruction.flags.get('from')?.[0] }
}

/** The stage that `--from` names, if one does. */
export const stageNamed = (stages: readonly Stage[], name: string | undefined): Stage | undefined =>
  name === undefined
    ? undefined
    : (stages.find((one) => one.name === name.toLowerCase()) ?? (/^\d+$/.test(name) ? stages[Number(name)] : undefined))

const maxDepth = 6
/** So many copies are followed for one file; stages that all copy from each other have no end. */
const maxCopies = 2_000

const joined = (folder: string, rest: string): string => [folder, rest].filter((part) => part !== '').join('/')

/** Where a path of the image comes from in what a COPY takes, for a source that is a folder and for one that is a file. */
const candidates = (source: string, { destination, folder }: CopyParts, target: string): string[] => {
  const base = source.replace(/\/+$/, '')
  const inside = destination === '/' ? target.slice(1) : target.slice(destination.length + 1)
  const isInside = destination === '/' || target.startsWith(`${destination}/`)
  if (/[*?[]/.test(base)) {
    const name = baseOf(base)
    const parts = name.split('*')
    const [head = '', tail = ''] = parts
    const matches = parts.length === 2 && inside.startsWith(head) && inside.endsWith(tail) && !inside.includes('/')
    return isInside && matches && !/[*?[]/.test(folderOf(base)) ? [joined(folderOf(base), inside)] : []
  }
  const found: string[] = []
  if (isInside) found.push(joined(base === '.' ? '' : base.replace(/^\.\//, ''), inside))
  if (isInside && inside === baseOf(base)) found.push(base.replace(/^\.\//, ''))
  if (!folder && target === destination) found.push(base.replace(/^\.\//, ''))
  return found
}

/** A file of the repository in an image: where it is in the repository, and the step that put it there. */
export interface ImageFile {
  /** From the root of a build context. */
  path: string
  copy: Step
}

/**
 * The file of the build context that a path of an image is, followed through stages that copy from each other.
 * @param exists whether a path of the build context is a file
 */
export const fileInImage = (
  stage: Stage,
  stages: readonly Stage[],
  target: string,
  exists: (path: string) => boolean,
  depth = 0,
  budget = { left: maxCopies },
): ImageFile | undefined => {
  if (depth > maxDepth) return undefined
  for (const one of placedSteps(stage).toReversed()) {
    const parts = copyParts(one)
    if (parts === undefined || budget.left-- <= 0) continue
    const other = stageNamed(stages, parts.from)
    if (parts.from !== undefined && (other === undefined || other === stage)) continue
    for (const source of parts.sources)
      for (const path of candidates(source, parts, target)) {
        const inside = path.replace(/^\/+/, '')
        if (other !== undefined) {
          const found = fileInImage(other, stages, `/${inside}`, exists, depth + 1, budget)
          if (found !== undefined) return found
        } else if (exists(inside)) return { path: inside, copy: one.step }
      }
  }
  return undefined
}

/**
 * Where a path of an image would come from in the build context, if it were there: for one that a COPY of a whole folder
 * covers, and that no step makes or mentions. Undefined where nothing says so plainly.
 */
export const wantedInContext = (
  stage: Stage,
  target: string,
  isFolder: (path: string) => boolean,
): string | undefined => {
  const steps = placedSteps(stage)
  const name = baseOf(target)
  const made = steps.some(
    ({ step: { instruction } }) =>
      instruction.text.includes(name) && !/^(?:ENTRYPOINT|CMD|HEALTHCHECK)$/.test(instruction.keyword),
  )
  if (made || steps.some(({ step }) => step.instruction.flags.has('from'))) return undefined
  for (const one of steps.toReversed()) {
    const parts = copyParts(one)
    for (const source of parts?.sources ?? [])
      for (const path of parts === undefined || /[*?[]/.test(source) ? [] : candidates(source, parts, target))
        if (isFolder(folderOf(path)) && (isFolder(source) || /^\.\/?$/.test(source))) return path
  }
  return undefined
}
