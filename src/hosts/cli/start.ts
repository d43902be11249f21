#!/usr/bin/env node
// The first file that Node reads, and a small one: the cache of compiled code has to be there before the program is.
import module from 'node:module'
import { compileCacheFolder } from './compile-cache.ts'

const folder = compileCacheFolder(process.env, process.platform, [process.cwd(), ...process.argv.slice(2)])
// Node has it from 22.1 on, and takes NODE_DISABLE_COMPILE_CACHE for a no.
const enable = (module as Partial<typeof module>).enableCompileCache
if (folder !== undefined) enable?.(folder)

await import('./main.ts')
