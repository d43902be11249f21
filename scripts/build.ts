import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { builtinRulesForEsbuild } from './builtin-rules-plugin.ts'
import { entryPoints } from './entry-points.ts'
import { sqlParserForEsbuild } from './sql-parser-plugin.ts'
import { yamlParserForEsbuild } from './yaml-parser-plugin.ts'

const root = join(import.meta.dirname, '..')
const outdir = process.argv[2] ?? join(root, 'dist')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

/** `cli.js` loads `cli-main.js` from beside it, and does not hold it. */
const cliMain: Plugin = {
  name: 'cli-main',
  setup: (bundling) => {
    bundling.onResolve({ filter: /^\.\/main\.ts$/ }, ({ importer }) =>
      importer.endsWith('start.ts') ? { path: './cli-main.js', external: true } : undefined,
    )
  },
}

await build({
  absWorkingDir: root,
  entryPoints,
  outdir,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  minify: true,
  legalComments: 'none',
  // One byte a character: Node reads such a file faster than one with any other character in it.
  charset: 'ascii',
  define: { PRODGATE_VERSION: JSON.stringify(version) },
  // Some dependencies are CommonJS and ask for Node's modules by require.
  banner: {
    js: "import { createRequire as prodgateRequire } from 'node:module'; const require = prodgateRequire(import.meta.url);",
  },
  plugins: [builtinRulesForEsbuild, sqlParserForEsbuild, yamlParserForEsbuild, cliMain],
  logLevel: 'warning',
})
