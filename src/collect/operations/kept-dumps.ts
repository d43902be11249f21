import { startOf } from '../../core/facts/place.ts'
import type { FactValue } from '../../core/facts/index.ts'
import type { WorkspaceFile } from '../../ports/workspace.ts'
import type { Preparation, Sink } from '../collector.ts'
import { gunzipStart } from '../evidence/archive/gunzip.ts'
import { maybeDump } from '../secrets/stored.ts'
import type { Tree } from '../tree.ts'

type Kept = FactValue<'operations.kept-dump'>

/** Larger dumps, and more of them, are not opened. Bytes. */
const maxSize = 8_000_000
const maxDumps = 20
/** So much of the content is read: the messages of a dump begin with it. Bytes. */
const maxContent = 4_000_000

const isDump = ({ path, size, mode }: WorkspaceFile): boolean =>
  size <= maxSize && mode !== 'symlink' && mode !== 'submodule' && (/\.sql\.gz$/i.test(path) || maybeDump(path))

const tools = 'pg_dump|pg_dumpall|mysqldump|mariadb-dump|mysql|psql'
/** What a dump's own program, or the shell that did not find it, writes to standard error. */
const message = new RegExp(
  `^(?:(?:${tools}): |(?:\\S{1,80}: )?(?:line \\d{1,5}: )?(?:${tools}): (?:command )?not found)`,
)
const statement =
  /^\s{0,20}(?:--|\/\*|SET\b|CREATE\b|INSERT\b|COPY\b|DROP\b|ALTER\b|BEGIN\b|USE\b|LOCK\b|SELECT\b|\\)/im

const judge = (text: string): Omit<Kept, 'packed'> => {
  if (text.trim() === '') return { state: 'empty', line: 0 }
  const lines = text.split('\n')
  const at = lines.findIndex((line) => message.test(line))
  if (at >= 0) return { state: 'messages', line: at + 1 }
  return { state: statement.test(text) ? 'plain' : 'unknown', line: 0 }
}

/** Opens the dumps that are kept in the repository, and says whether a restore could read them. */
export const emitKeptDumps = async (preparation: Preparation, sink: Sink, tree: Tree): Promise<void> => {
  for (const file of tree.files.filter(isDump).slice(0, maxDumps)) {
    const packed = /\.gz$/i.test(file.path)
    const bytes = await preparation.read(file.path).catch(() => undefined)
    if (bytes === undefined) continue
    const { content, broken } = packed ? gunzipStart(bytes, maxContent) : { content: bytes, broken: false }
    const found = judge(new TextDecoder('latin1').decode(content.subarray(0, maxContent)))
    sink.fact({
      kind: 'operations.kept-dump',
      subject: `dump ${file.path.slice(file.path.lastIndexOf('/') + 1)}`,
      place: startOf(file.path),
      value: { packed, ...(broken && found.state !== 'messages' ? { state: 'broken' as const, line: 0 } : found) },
    })
  }
}
