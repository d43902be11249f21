import type fs from 'node:fs'
import type v8 from 'node:v8'
import type vm from 'node:vm'
import type zlib from 'node:zlib'
import { basename, dirname, join } from 'node:path'

// Node's own cache (`module.enableCompileCache`) keeps what is compiled before a program runs: an eighth of what this one
// compiles. What ran is kept here, and the start takes two thirds of the time; Node 20 has no such cache at all.

/** Two numbers of four bytes stand before the compiled code: its checksum, and how many runs it was there for. */
const headerSize = 8
const runsOffset = 4

/** Programs of other versions, and of other versions of Node, whose code is kept beside this one's. */
const kept = 8

/** What another command or another kind of repository needs is added when it makes so many times the code. */
const grown = 1.05

type Checksum = (data: Uint8Array | string) => number

/** A program's compiled code in a file; V8 takes on trust what is in it, so the file is checked here. */
interface Stored {
  code: Buffer
  /** How many runs there were with any code of this program. */
  runs: number
}

/** To see what a run compiled takes as long as compiling some of it, so it is done ever more seldom. */
const isTimeToLook = (runs: number): boolean => Number.isInteger(Math.log2(runs))

const read = ({ readFileSync }: typeof fs, checksum: Checksum, file: string): Stored | undefined => {
  try {
    const bytes = readFileSync(file)
    const code = bytes.subarray(headerSize)
    return bytes.readUInt32LE(0) === checksum(code) ? { code, runs: bytes.readUInt32LE(runsOffset) } : undefined
  } catch {
    return undefined
  }
}

/** Takes away what was kept longest ago. */
const tidy = ({ readdirSync, statSync, unlinkSync }: typeof fs, folder: string): void => {
  readdirSync(folder)
    .filter((name) => name.startsWith('prodgate-'))
    .map((name) => ({ path: join(folder, name), time: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time)
    .slice(kept)
    .forEach(({ path }) => unlinkSync(path))
}

const store = (files: typeof fs, checksum: Checksum, file: string, { code, runs }: Stored): void => {
  const header = Buffer.alloc(headerSize)
  header.writeUInt32LE(checksum(code), 0)
  header.writeUInt32LE(runs, runsOffset)
  const written = `${file}.${process.pid}`
  try {
    files.mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    files.writeFileSync(written, Buffer.concat([header, code]), { mode: 0o600, flag: 'wx' })
    // Whole or not at all, whoever else runs now.
    files.renameSync(written, file)
    tidy(files, dirname(file))
  } catch {
    // A home that cannot be written to: the next run compiles again.
  }
}

/** Counts one more run, in place. */
const count = ({ openSync, writeSync, closeSync }: typeof fs, file: string, runs: number): void => {
  const number = Buffer.alloc(4)
  number.writeUInt32LE(runs)
  try {
    const open = openSync(file, 'r+')
    writeSync(open, number, 0, number.length, runsOffset)
    closeSync(open)
  } catch {
    // It may be gone, or not for this user to write.
  }
}

/**
 * Loads a CommonJS script with the compiled code that earlier runs left in a folder, and leaves there what this one compiled.
 * @param require of the program that asks
 * @param path of the script, whose text is ASCII
 * @param folder undefined where nothing may be kept
 * @param part what of the script is asked for; each has code of its own, so that the little is not read with the much
 * @returns what the script exports
 */
export const loadWithCode = (
  require: NodeJS.Require,
  path: string,
  folder: string | undefined,
  part: string,
): unknown => {
  // Node has it from 20.15 and 22.2 on.
  const { crc32 } = require('node:zlib') as Partial<typeof zlib>
  if (folder === undefined || crc32 === undefined) return require(path)
  const files = require('node:fs') as typeof fs
  const { Script } = require('node:vm') as typeof vm
  // What V8's switches come to. Some are set on the way, and code that was made under others would be refused.
  const { cachedDataVersionTag } = require('node:v8') as typeof v8
  const before = cachedDataVersionTag()
  const text = files.readFileSync(path)
  const name = `prodgate-${basename(path)}-${part}-${text.length}-${crc32(text)}-${process.version}-${process.arch}`
  const file = join(folder, name)
  const stored = read(files, crc32, file)
  const source = `(function (exports, require, module) {${text.toString('latin1')}\n})`
  const script = new Script(source, { filename: path, ...(stored === undefined ? {} : { cachedData: stored.code }) })
  const module = { exports: {} }
  ;(script.runInThisContext() as (...names: unknown[]) => void)(module.exports, require, module)
  const usable = script.cachedDataRejected !== true && stored !== undefined
  const runs = usable ? (stored.runs + 1) % 2 ** 32 : 1
  const known = usable ? stored.code.length : 0
  process.once('exit', () => {
    const look = known === 0 || isTimeToLook(runs)
    const code = look && cachedDataVersionTag() === before ? script.createCachedData() : undefined
    if (code !== undefined && code.length > grown * known) store(files, crc32, file, { code, runs })
    else if (known > 0) count(files, file, runs)
  })
  return module.exports
}
