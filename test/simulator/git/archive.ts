import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import type { GitStore } from './store.ts'

const mostKept = 20
const kept = new Map<string, Promise<Buffer>>()

/** Git begins every archive with an entry that names the commit, which readers have to pass over. */
const globalHeader = (sha: string): Buffer => {
  const block = Buffer.alloc(1024)
  const record = `comment=${sha}\n`
  const content = `${record.length + 3} ${record}`
  block.write('pax_global_header', 0)
  block.write('0000666\0' + '0000000\0'.repeat(2), 100)
  block.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124)
  block.write(`${'0'.repeat(11)}\0${' '.repeat(8)}g`, 136)
  block.write('ustar\x0000', 257)
  const sum = block.subarray(0, 512).reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  block.write(content, 512)
  return block
}

const make = async (git: GitStore, sha: string, top: string): Promise<Buffer> => {
  const archive = pack()
  const parts: Buffer[] = []
  archive.on('data', (part) => parts.push(part as Buffer))
  const done = new Promise<void>((resolve, reject) => {
    archive.on('end', resolve).on('error', reject)
  })
  const commit = git.commits.get(sha)
  const mtime = new Date(commit?.author.at ?? 0)
  archive.entry({ name: `${top}/`, type: 'directory', mtime })
  for (const { path, sha: blob, mode } of git.files(commit?.tree ?? '').values()) {
    const content = git.blobs.get(blob) ?? Buffer.alloc(0)
    const name = `${top}/${path}`
    if (mode === '120000') archive.entry({ name, type: 'symlink', linkname: content.toString(), mtime })
    else if (mode === '160000') archive.entry({ name: `${name}/`, type: 'directory', mtime })
    else archive.entry({ name, mode: mode === '100755' ? 0o775 : 0o664, mtime }, content)
  }
  archive.finalize()
  await done
  return gzipSync(Buffer.concat([globalHeader(sha), ...parts]), { level: 1 })
}

/** A commit as GitHub packs it: a gzipped tar in whose one folder everything is. */
export const archiveOf = (git: GitStore, sha: string, top: string): Promise<Buffer> => {
  const name = `${top} ${sha}`
  const made = kept.get(name) ?? make(git, sha, top)
  kept.set(name, made)
  const [oldest] = kept.keys()
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
  return made
}
