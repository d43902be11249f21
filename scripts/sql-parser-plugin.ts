import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import type { Plugin as EsbuildPlugin } from 'esbuild'

const replaceOnce = (text: string, from: string, to: string): string => {
  if (text.split(from).length !== 2) throw new Error(`libpg-query is not as this build knows it: "${from}"`)
  return text.replace(from, () => to)
}

/**
 * Puts the SQL parser's WebAssembly into the bundle, compressed, where the package reads a file beside itself. It is
 * unpacked when the parser is first asked for, and never in a repository without SQL.
 */
export const sqlParserForEsbuild: EsbuildPlugin = {
  name: 'sql-parser',
  setup: (build) => {
    build.onLoad({ filter: /libpg-query[\\/]wasm[\\/]libpg-query\.js$/ }, ({ path }) => {
      const wasm = readFileSync(join(path, '../libpg-query.wasm'))
      const params = { [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length, [constants.BROTLI_PARAM_LGWIN]: 22 }
      const packed = brotliCompressSync(wasm, { params }).toString('base64')
      const unpack = `require('node:zlib').brotliDecompressSync(Buffer.from(${JSON.stringify(packed)}, 'base64'))`
      const source = readFileSync(path, 'utf8')
      // It would read a file of the working directory otherwise.
      const getter = 'async function getWasmBinary(binaryFile){'
      const given = replaceOnce(source, getter, `${getter}return ${unpack};`)
      return { contents: replaceOnce(given, 'scriptDirectory=__dirname+"/"', 'scriptDirectory=""'), loader: 'js' }
    })
  },
}
