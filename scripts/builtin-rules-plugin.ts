import type { Plugin as EsbuildPlugin } from 'esbuild'
import { readRules } from './read-rules.ts'

const moduleText = (): string => {
  const rules = readRules().map(({ rule }) => rule)
  // A string that JSON.parse reads starts several times faster than the same data as a JavaScript literal.
  return `export const rules = JSON.parse(${JSON.stringify(JSON.stringify(rules))})`
}

/** Resolves `builtin-rules` for esbuild. */
export const builtinRulesForEsbuild: EsbuildPlugin = {
  name: 'builtin-rules',
  setup: (build) => {
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
