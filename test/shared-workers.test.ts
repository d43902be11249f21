import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pure } from '../vitest.config.ts'

const root = join(import.meta.dirname, '..')
const files = globSync([...pure], { cwd: root }).sort()

/** What one file would leave behind for the next one in the same worker. */
const leftovers =
  /\bvi\.(?:mock|doMock|spyOn|stub\w+|setSystemTime|useFakeTimers)\b|from 'nock'|process\.(?:chdir|on)\(|(?:process\.env\S*|globalThis\S*|\.prototype\S*) = /

test('files that share a worker put nothing in the place of anything', () => {
  expect(files.length).toBeGreaterThan(50)
  expect(files.filter((path) => leftovers.test(readFileSync(join(root, path), 'utf8')))).toEqual([])
})
