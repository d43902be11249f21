import fc from 'fast-check'
import picomatch from 'picomatch'
import { expect, test } from 'vitest'
import { defaultEvidenceGlobs } from '../../src/collect/evidence/default-globs.ts'
import { globMatcher } from '../../src/core/globs.ts'
import { defaultIgnore } from '../../src/core/policy.ts'

const usual = [...Object.values(defaultEvidenceGlobs).flat(), ...defaultIgnore]
const written = [
  'services/api/**',
  '**/[abc].yaml',
  '!docs/**',
  '*.{json,xml}',
  'a/b?c',
  '.github/**',
  'reports/junit.xml',
  '+(a|b)/*',
]
const folders = [
  '',
  'services/api/',
  'docs/',
  'reports/',
  '.github/workflows/',
  'node_modules/x/',
  'test/fixtures/',
  'a/',
  'deep/er/',
]
const names = [
  'junit.xml',
  'a.yaml',
  '[abc].yaml',
  'bxc',
  'coverage.json',
  'README.md',
  '.env',
  'trivy.sarif',
  'TEST-shop.xml',
  'x',
]

test('one expression for many globs says what each by itself says', () => {
  const path = fc.tuple(fc.constantFrom(...folders), fc.constantFrom(...names)).map((parts) => parts.join(''))
  const globs = fc.array(fc.constantFrom(...usual, ...written), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(globs, fc.oneof(path, fc.constantFrom(...usual, ...written, '')), (list, asked) => {
      expect(globMatcher(list)(asked)).toBe(picomatch(list, { dot: true })(asked))
    }),
    { numRuns: 2000 },
  )
})

test('no globs match nothing', () => {
  expect(globMatcher([])('a')).toBe(false)
})
