import type { EvidenceFile, EvidenceFiles, RefusedFile } from '../../../ports/evidence-files.ts'
import { ArchiveRefused, maxArchiveSize } from './bounds.ts'
import { glimpsedNames, readDirectory } from './directory.ts'
import { filesOf, type ArchiveFile } from './entries.ts'
import { contentOf } from './inflate.ts'

/** What is known of an archive beside its bytes. `name` stands before its files: `artifact.zip!/junit.xml`. */
export interface ArchiveAbout extends Omit<EvidenceFile, 'path' | 'size' | 'refused'> {
  name: string
}

const insideOf = (name: string, path: string): string => `${name}!/${path}`

/** @throws ArchiveRefused for more than an archive may have */
const wholeOf = async (chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > maxArchiveSize)
      throw new ArchiveRefused('archive-too-large', `is larger than ${maxArchiveSize / 1_000_000} MB`)
    parts.push(chunk)
  }
  const all = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** @throws ArchiveRefused where anything in it is not as it has to be: all of it is read once before any of it counts */
const openArchive = (bytes: Uint8Array): ArchiveFile[] => {
  const { entries, start } = readDirectory(bytes)
  try {
    const files = filesOf(bytes, entries, start)
    for (const file of files) for (const _ of contentOf(bytes, file));
    return files
  } catch (error) {
    if (error instanceof ArchiveRefused) error.names = entries.map(({ name }) => name)
    throw error
  }
}

const refusalOf = (error: unknown, name: string, bytes: Uint8Array | undefined): RefusedFile => {
  if (!(error instanceof ArchiveRefused))
    return {
      code: 'unreadable',
      reason: `cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      names: undefined,
    }
  const names = error.names ?? (bytes === undefined ? undefined : glimpsedNames(bytes))
  return { code: error.code, reason: error.message, names: names?.map((path) => insideOf(name, path)) }
}

/**
 * The files of a zip archive as evidence: of GitHub's artifacts as they are downloaded, of a folder that somebody packed.
 * An archive that is not wholly sound is one file that is refused, and nothing in it counts. Archives inside are not opened.
 * @param content the archive, at once or piece by piece
 */
export const archiveEvidence = async (
  content: Uint8Array | AsyncIterable<Uint8Array>,
  { name, ...about }: ArchiveAbout,
): Promise<EvidenceFiles> => {
  let bytes: Uint8Array | undefined
  let opened: ReadonlyMap<string, ArchiveFile> = new Map()
  let refused: RefusedFile | undefined
  try {
    bytes = await wholeOf(content instanceof Uint8Array ? oneOf(content) : content)
    opened = new Map(openArchive(bytes).map((file) => [insideOf(name, file.name), file]))
  } catch (error) {
    refused = refusalOf(error, name, bytes)
  }
  const whole = bytes ?? new Uint8Array()
  return {
    list: () =>
      Promise.resolve(
        refused === undefined
          ? [...opened].map(([path, { size }]) => ({ ...about, path, size }))
          : [{ ...about, path: name, size: whole.length, refused }],
      ),
    open: async function* (path) {
      const file = opened.get(path)
      if (file === undefined) throw new Error(`there is no ${path}`)
      yield* contentOf(whole, file)
    },
  }
}

const oneOf = async function* (bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
