import type { Plugin as EsbuildPlugin } from 'esbuild'
import { vocabulary } from '../src/core/facts/vocabulary.ts'
import { reportKeys } from '../src/core/report-keys.ts'
import { readRules } from './read-rules.ts'

// A string that JSON.parse reads starts several times faster than the same data as a JavaScript literal.
const constant = (name: string, value: unknown): string =>
  `export const ${name} = JSON.parse(${JSON.stringify(JSON.stringify(value))})`

const moduleText = (): string =>
  constant(
    'rules',
    readRules().map(({ rule }) => rule),
  )

/** Resolves `builtin-rules` for esbuild, and puts what is computed from schemas in the place of its source. */
export const builtinRulesForEsbuild: EsbuildPlugin = {
  name: 'builtin-rules',
  setup: (build) => {
    // Computed here, so that the bundle holds the outcome and not what it is made from.
    build.onLoad({ filter: /core[\\/]facts[\\/]vocabulary\.ts$/ }, () => ({
      contents: constant('vocabulary', vocabulary),
      loader: 'js',
    }))
    build.onLoad({ filter: /core[\\/]report-keys\.ts$/ }, () => ({
      contents: constant('reportKeys', reportKeys),
      loader: 'js',
    }))
    build.onResolve({ filter: /^builtin-rules$/ }, ({ path }) => ({ path, namespace: 'builtin-rules' }))
    build.onLoad({ filter: /.*/, namespace: 'builtin-rules' }, () => ({ contents: moduleText(), loader: 'js' }))
  },
}

/** Resolves `builtin-rules` for vitest. */
export const builtinRulesForVite = {
  name: 'builtin-rules',
  resolveId: (id: string): string | undefined => (id === 'builtin-rules' ? '\0builtin-rules' : undefined),
  load: (id: string): string | undefined => (id === '\0builtin-rules' ? moduleText() : undefined),
}
