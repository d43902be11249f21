import { defineConfig } from 'vitest/config'
import { builtinRulesForVite } from './scripts/builtin-rules-plugin.ts'

export default defineConfig({
  plugins: [builtinRulesForVite],
  test: { include: ['test/**/*.test.ts'], testTimeout: 30_000, hookTimeout: 180_000 },
})
