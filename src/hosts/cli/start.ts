#!/usr/bin/env node
// The first file that Node reads, and a small one: the program is loaded with its compiled code from the last run.
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { codeCacheFolder } from './code-cache-folder.ts'
import { loadWithCode } from './code-cache.ts'
import type * as program from './main.ts'

// By require: an import of Node's `fs` loads its streams and promises too, which takes as long as all of this.
const require = createRequire(import.meta.url)
const folder = codeCacheFolder(process.env, process.platform, [process.cwd(), ...process.argv.slice(2)])
const script = fileURLToPath(new URL('cli-main.cjs', import.meta.url))
const part = process.argv[2] === 'check' ? 'check' : 'other'
const { main } = loadWithCode(require, script, folder, part) as typeof program
await main()
