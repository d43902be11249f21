import { startOf, type Place } from '../../../core/facts/place.ts'
import type { Rendered, RenderRequest } from '../../../ports/renderer.ts'
import type { Preparation, Sink } from '../../collector.ts'
import type { Tree } from '../../tree.ts'
import { parseYamlFile } from '../../yaml/yaml-file.ts'
import type { KubernetesObject } from '../objects.ts'
import { renderedObjects, type Locate } from './rendered-document.ts'

/** More than any kustomization or chart that people keep. */
const maxFiles = 5000
/** Bytes of all files together. */
const maxBytes = 30_000_000
/** Rendered text that is larger is not read: parsing takes about a second for a megabyte. Bytes. */
const maxText = 8_000_000

/** A rendering that did not work out. */
export type Failure = Extract<Rendered, { ok: false }>

const failed = (reason: string): Failure => ({ ok: false, problem: 'failed', reason })

/** Reads files of the tree to be handed to a tool. */
export const readFiles = async (
  paths: Iterable<string>,
  tree: Tree,
  preparation: Preparation,
): Promise<Map<string, Uint8Array> | Failure> => {
  const files = new Map<string, Uint8Array>()
  let bytes = 0
  for (const path of paths) {
    bytes += tree.get(path)?.size ?? 0
    if (files.size >= maxFiles || bytes > maxBytes)
      return { ok: false, problem: 'too-large', reason: `it has more than ${maxFiles} files or ${maxBytes / 1e6} MB` }
    try {
      files.set(path, await preparation.read(path))
    } catch {
      return failed(`${path} cannot be read`)
    }
  }
  return files
}

/** Renders, or says that nobody can. */
export const render = async (request: RenderRequest, preparation: Preparation): Promise<Rendered> => {
  const { renderer } = preparation
  if (renderer === undefined) return { ok: false, problem: 'missing-tool', reason: 'nothing is rendered in this run' }
  const rendered = await renderer.render(request)
  if (rendered.ok && rendered.text.length > maxText)
    return { ok: false, problem: 'too-large', reason: `it gives more than ${maxText / 1e6} MB` }
  return rendered
}

/** The objects in rendered text; a failure where it is no YAML. */
export const objectsIn = (
  text: string,
  locatorFor: (object: KubernetesObject, line: number, origin: string | undefined) => Locate,
): KubernetesObject[] | Failure => {
  const parsed = parseYamlFile('rendered', text, '1.1')
  // Of a key that is there twice the last one counts, for helm as for us.
  const problem = parsed.problems.find(({ code }) => code !== 'duplicate-key')
  if (problem !== undefined) return failed(`what it gives ${problem.reason}`)
  return parsed.documents.flatMap((document) => renderedObjects(document, locatorFor))
}

/** Says that something could not be rendered. With the tool or the network it could be, so its file needs no repair. */
export const tell = (sink: Sink, place: Place | string, subject: string, { problem, reason }: Failure): void =>
  sink.unjudged(typeof place === 'string' ? startOf(place) : place, `rendering-${problem}`, `${subject}: ${reason}`, {
    repairable: false,
  })

/** Runs a few tasks at a time, and gives their results in order. */
export const inTurn = async <T, R>(tasks: readonly T[], run: (task: T) => Promise<R>): Promise<R[]> => {
  const results: R[] = []
  for (let at = 0; at < tasks.length; at += atOnce)
    results.push(...(await Promise.all(tasks.slice(at, at + atOnce).map(run))))
  return results
}

/** Each rendering takes a processor and some hundred megabytes. */
const atOnce = 4
