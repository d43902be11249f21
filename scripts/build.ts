import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { builtinRulesForEsbuild } from './builtin-rules-plugin.ts'
import { sqlParserForEsbuild } from './sql-parser-plugin.ts'

const root = join(import.meta.dirname, '..')
const outdir = process.argv[2] ?? join(root, 'dist')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

await build({
  absWorkingDir: root,
  entryPoints: { cli: 'src/hosts/cli/main.ts' },
  outdir,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  minify: true,
  legalComments: 'none',
  charset: 'utf8',
  define: { PRODGATE_VERSION: JSON.stringify(version) },
  // Some dependencies are CommonJS and ask for Node's modules by require.
  banner: {
    js: "import { createRequire as prodgateRequire } from 'node:module'; const require = prodgateRequire(import.meta.url);",
  },
  plugins: [builtinRulesForEsbuild, sqlParserForEsbuild],
  logLevel: 'warning',
})
