import * as z from 'zod'
import type { Answer } from '../../ports/answer.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { ask, type Api } from './api.ts'
import { blobId, searchArchive, type Contents } from './archive.ts'
import { download } from './download.ts'
import { wholeTree, type TreeFile } from './whole-tree.ts'

/** What one commit may weigh, in bytes: all of its files, and one file whose content is of use to a collector. */
export const maxCommitSize = 200_000_000
export const maxKeptSize = 8_000_000

/** How many files are fetched one by one that the archive leaves out, and how many at once. */
export const maxSingles = 100
const atOnce = 5

const maxDownloads = 3

/** Of the tar around a file: its own header, padding, and the ones of long names. Bytes. */
const overhead = 8192

const Blob = z.object({ encoding: z.literal('base64'), content: z.string() })

const refused = (message: string): Answer<never> => ({ ok: false, problem: { kind: 'rejected', message } })

const isRegular = ({ mode }: TreeFile): boolean => mode === 'file' || mode === 'executable'

const missingOf = ({ wanted, found }: Contents): string[] => [...wanted.keys()].filter((id) => !found.has(id))

const unpack = async (api: Api, sha: string, contents: Contents, unpacked: number): Promise<Answer<void>> => {
  for (let attempt = 1; ; attempt++) {
    const archive = await download(api, 'GET /repos/{owner}/{repo}/tarball/{ref}', { ref: sha }, unpacked)
    if (!archive.ok) return archive
    try {
      await searchArchive(archive.value, contents, unpacked)
      return { ok: true, value: undefined }
    } catch (error) {
      const message = `the archive of ${sha} cannot be read: ${error instanceof Error ? error.message : String(error)}`
      if (error instanceof RangeError) return refused(message)
      // A connection that broke: what was found stays found, and the last word has what is fetched one by one.
      if (attempt >= maxDownloads) return { ok: false, problem: { kind: 'unreachable', message } }
    }
  }
}

const fetchBlob = async (api: Api, id: string, { found }: Contents): Promise<Answer<void>> => {
  const { owner, repo } = api
  const answer = await ask(
    api,
    'GET /repos/{owner}/{repo}/git/blobs/{file_sha}',
    { owner, repo, file_sha: id },
    { schema: Blob, repeat: 'safe' },
  )
  if (!answer.ok) return answer
  const content = Buffer.from(answer.value.content, 'base64')
  if (blobId(content, id) !== id) return refused(`what GitHub gives for the content ${id} is another`)
  found.set(id, content)
  return { ok: true, value: undefined }
}

const fetchMissing = async (api: Api, sha: string, contents: Contents): Promise<Answer<void>> => {
  const missing = missingOf(contents)
  if (missing.length > maxSingles)
    return refused(
      `the archive of ${sha} leaves out or changes ${missing.length} files (export-ignore or export-subst in ` +
        `.gitattributes), more than the ${maxSingles} that are read one by one`,
    )
  for (let at = 0; at < missing.length; at += atOnce) {
    const answers = await Promise.all(missing.slice(at, at + atOnce).map((id) => fetchBlob(api, id, contents)))
    const failed = answers.find(({ ok }) => !ok)
    if (failed !== undefined) return failed
  }
  return { ok: true, value: undefined }
}

/**
 * A commit of the repository in memory: its tree says which files there are, one archive brings their contents, and each is
 * held against the tree's id of it. What the archive leaves out or changes is fetched by itself. Needs `contents: read`.
 */
export const commitWorkspace = async (api: Api, sha: string): Promise<Answer<Workspace>> => {
  const tree = await wholeTree(api, sha)
  if (!tree.ok) return tree
  const files = new Map(tree.value.map((file) => [file.path, file]))
  const size = tree.value.reduce((sum, file) => sum + file.size, 0)
  if (size > maxCommitSize) return refused(`${sha} has more than ${maxCommitSize / 1_000_000} MB of files`)
  const kept = tree.value.filter((file) => isRegular(file) && file.size <= maxKeptSize)
  const contents: Contents = { wanted: new Map(kept.map(({ sha: id, size: bytes }) => [id, bytes])), found: new Map() }
  if (contents.wanted.size > 0) {
    const unpacked = await unpack(api, sha, contents, size + (files.size + 1000) * overhead)
    if (!unpacked.ok) return unpacked
  }
  const fetched = await fetchMissing(api, sha, contents)
  if (!fetched.ok) return fetched
  const list = tree.value.map(({ path, size: bytes, mode }) => ({ path, size: bytes, mode }))
  return {
    ok: true,
    value: {
      list: () => Promise.resolve(list),
      read: (path) => {
        const file = files.get(path)
        const content = contents.found.get(file?.sha ?? '')
        if (file !== undefined && isRegular(file) && content !== undefined) return Promise.resolve(content)
        const why = file === undefined || !isRegular(file) ? 'is no regular file' : 'is too large to be kept'
        return Promise.reject(new Error(`${path} ${why} of ${sha}`))
      },
    },
  }
}
