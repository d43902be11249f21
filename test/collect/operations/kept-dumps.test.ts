import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Fact } from '../../../src/core/facts/index.ts'
import { factKinds } from '../../../src/core/facts/index.ts'
import { emitKeptDumps } from '../../../src/collect/operations/kept-dumps.ts'
import { Tree } from '../../../src/collect/tree.ts'

const dump = `--\n-- PostgreSQL database dump\n--\nCREATE TABLE visits (id bigint);\n${'INSERT INTO visits VALUES (1);\n'.repeat(5_000)}`
const path = 'backups/clinic.sql.gz'

const statesOf = async (bytes: Uint8Array): Promise<unknown[]> => {
  const facts: Fact[] = []
  const sink = { fact: (fact: Fact) => void facts.push(fact), unjudged: () => undefined }
  const tree = new Tree([{ path, size: bytes.length, mode: 'file' }])
  await emitKeptDumps({ read: async () => bytes }, sink as never, tree)
  for (const { value } of facts) factKinds['operations.kept-dump'].schema.parse(value)
  return facts.map(({ value }) => value)
}

describe('dumps that are kept packed', () => {
  test.each([
    ['one that reads', gzipSync(dump), { state: 'plain', line: 0 }],
    [
      'one with messages',
      gzipSync(`${dump}pg_dump: dumping contents of table "visits"\n`),
      { state: 'messages', line: 5_005 },
    ],
    [
      'one that found no program',
      gzipSync('/backup.sh: line 4: pg_dump: command not found\n'),
      { state: 'messages', line: 1 },
    ],
    ['one with nothing in it', gzipSync(''), { state: 'empty', line: 0 }],
    ['one that was cut', gzipSync(dump).subarray(0, 200), { state: 'broken', line: 0 }],
    ['one that is no gzip', new TextEncoder().encode(dump), { state: 'broken', line: 0 }],
    ['one that unpacks to very much', gzipSync(dump + ' '.repeat(40_000_000)), { state: 'plain', line: 0 }],
  ])('%s', async (_, bytes, expected) => {
    expect(await statesOf(bytes)).toEqual([{ packed: true, ...expected }])
  })

  test('one that cannot be read says nothing', async () => {
    const facts: Fact[] = []
    const sink = { fact: (fact: Fact) => void facts.push(fact), unjudged: () => undefined }
    const tree = new Tree([{ path, size: 9, mode: 'file' }])
    await emitKeptDumps({ read: () => Promise.reject(new Error('gone')) }, sink as never, tree)
    expect(facts).toEqual([])
  })
})
