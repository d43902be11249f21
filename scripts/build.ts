import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type BuildOptions } from 'esbuild'
import { builtinRulesForEsbuild } from './builtin-rules-plugin.ts'
import { app, appJudge, cliMain, entryPoints } from './entry-points.ts'
import { sqlParserForEsbuild } from './sql-parser-plugin.ts'
import { yamlParserForEsbuild } from './yaml-parser-plugin.ts'

const root = join(import.meta.dirname, '..')
const outdir = process.argv[2] ?? join(root, 'dist')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

const shared: BuildOptions = {
  absWorkingDir: root,
  outdir,
  bundle: true,
  platform: 'node',
  format: 'esm',
  minify: true,
  legalComments: 'none',
  // One byte a character: Node reads such a file faster than one with any other character in it.
  charset: 'ascii',
  define: { PRODGATE_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
}

const plugins = [builtinRulesForEsbuild, sqlParserForEsbuild, yamlParserForEsbuild]

/** With all dependencies inside; some are CommonJS and ask for Node's modules by require. */
const selfContained: BuildOptions = {
  ...shared,
  banner: {
    js: "import { createRequire as prodgateRequire } from 'node:module'; const require = prodgateRequire(import.meta.url);",
  },
  plugins,
}

/** A script: what it imports when it runs, it requires. */
const script: BuildOptions = {
  ...shared,
  plugins,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  supported: { 'dynamic-import': false },
}

await Promise.all([
  build({ ...selfContained, entryPoints, target: 'node20' }),
  build({ ...script, entryPoints: cliMain, target: 'node20' }),
  // The same engine, byte for byte, judges in the App's threads.
  build({ ...selfContained, entryPoints: appJudge, target: 'node24' }),
  build({ ...shared, entryPoints: app, target: 'node24', packages: 'external', plugins: [builtinRulesForEsbuild] }),
])
