import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { builtinRulesForVite } from './scripts/builtin-rules-plugin.ts'

const all = 'test/**/*.test.ts'

/** What runs bundles. They are built once, before the first of these files. */
const bundled = [
  'test/chaos/**/*.test.ts',
  'test/deploy/**/*.test.ts',
  'test/docs/writing-rules.test.ts',
  'test/e2e/**/*.test.ts',
  'test/hosts/cli/code-cache.test.ts',
  'test/hosts/cli/streams.test.ts',
  'test/scenarios/**/*.test.ts',
]

/** What calls functions of the engine and puts nothing in the place of anything: these files share it, loaded once. */
export const pure = [
  'test/assess*.test.ts',
  'test/collect/**/*.test.ts',
  'test/core/**/*.test.ts',
  'test/gate/**/*.test.ts',
  'test/render/!(html-axe).test.ts',
  'test/rules/**/*.test.ts',
]

export default defineConfig({
  plugins: [builtinRulesForVite],
  test: {
    // No test is fast or slow by this: it ends what hangs, on a machine that is busy with something else as well.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Vitest itself leaves a core to whoever watches.
    maxWorkers: availableParallelism(),
    projects: [
      // The order is that of the names: the longest files are begun first.
      {
        extends: true,
        test: { name: 'bundled', include: bundled, globalSetup: 'test/bundles/global-setup.ts' },
      },
      { extends: true, test: { name: 'isolated', include: [all], exclude: [...bundled, ...pure] } },
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
    ],
  },
})
