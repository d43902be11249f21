/** The rules of `rules/`, compiled into the bundle by the build (and by the test runner). */
declare module 'builtin-rules' {
  import type { Rule } from './core/rule.ts'
  export const rules: readonly Rule[]
}
