import { expect, test } from 'vitest'
import { markdown } from '../../src/render/markdown.ts'
import { markdownCode, markdownPlain, markdownText } from '../../src/render/markdown-text.ts'
import { finding, report, result } from '../sample-report.ts'

const joiner = '\u200d'

test('a comment says the decision, the blockers and the shortest way to go', () => {
  const blobUrl = 'https://github.com/acme/shop/blob/0123456'
  expect(markdown(report([result({ findings: [finding({ path: 'k8s/a (1).yaml' })] })]), { blobUrl }))
    .toBe(`## ❌ No-go for \`production\`

- 1 blocking rule fails: kubernetes/readiness-probe (\`blocking-failure\`)

**Score 41–77** of 100, minimum 80; **confidence 64 %**

### Blockers: 1 rule

#### high: Containers that take traffic declare a readiness probe \`kubernetes/readiness-probe\`

- [\`k8s/a (1).yaml:14\`](${blobUrl}/k8s/a%20%281%29.yaml#L14) container web has no readiness probe
- **Fix** (15 min): Add a \`readinessProbe\` that fails until the process can serve.

### The shortest way to go: 1 step, +13 points, about 15 min

| | Repair | Points | Effort |
|--:|---|--:|--:|
| 1 | Containers that take traffic declare a readiness probe \`kubernetes/readiness-probe\` | +12.5 | 15 min |

### Score by category

| Category | Score | Confidence | Pass | Fail | Unknown |
|---|--:|--:|--:|--:|--:|
| kubernetes | 41–77 | 64 % | 1 | 1 | 0 |

<details>
<summary>Evidence: 1 file</summary>

| Kind | Format | File | Commit | Made |
|---|---|---|---|---|
| tests | junit | \`out/junit.xml\` | not said | not said |

</details>

<sub>20 files found, 9 read, 2 ignored; evidence: tests; prodgate 1.2.3</sub>
`)
})

test('the open risks come with what ends them, and the rest of the plan in its parts', () => {
  const waived = { reason: 'batch | jobs', owner: '@clinic/platform', expires: '2026-12-01' }
  const text = markdown(
    report(
      [
        result({ rule: 'kubernetes/a', status: 'waived', findings: [finding({ waived }), finding({ waived })] }),
        result({ rule: 'tests/b', status: 'waived', waived: { ...waived, expires: '2026-11-30' } }),
        result({ rule: 'kubernetes/c', severity: 'medium', blocking: false }),
        result({ rule: 'kubernetes/d', severity: 'low', blocking: false }),
      ],
      {
        decision: 'conditional',
        reasons: [{ code: 'observe-mode', message: 'observed' }],
        plan: [
          { rule: 'kubernetes/c', when: 'first-week', gain: 4.2, effortMinutes: 90 },
          { rule: 'kubernetes/d', when: 'first-month', gain: 2, effortMinutes: 5 },
        ],
      },
    ),
  )
  expect(text).toContain(`### Open risks

- this environment is observed: nothing is held back
- 2 waivers, the first until 2026-11-30 by @${joiner}clinic/platform
- 1 failing rule of medium severity or above that do not block here
`)
  expect(text).toContain(
    String.raw`| 2026\-11-30 | @${joiner}clinic/platform | ${'`tests/b`'} | the rule as a whole | batch \| jobs |`,
  )
  expect(text).toContain('k8s/api.yaml:14` and 1 more |')
  expect(text).toContain('<summary>First week: 1 step, +4 points, about 1 h 30 min</summary>')
  expect(text).toContain('<summary>First month: 1 step, +2 points, about 5 min</summary>')
})

test.each([
  ['@acme/platform', `@${joiner}acme/platform`],
  ['closes #12 and GH-7', `closes \\#${joiner}12 and GH-${joiner}7`],
  ['<img src=x onerror=y>', '&lt;img src=x onerror=y&gt;'],
  ['a | b *c* _d_', 'a \\| b \\*c\\* \\_d\\_'],
  ['[x](https://evil.example)', `\\[x\\]\\(https:${joiner}//evil.example\\)`],
  ['1. one', '1\\. one'],
  ['two\n\n# three', 'two \\# three'],
])('%j is shown literally', (text, expected) => {
  expect(markdownPlain(text)).toBe(expected)
})

test('code spans hold backticks', () => {
  expect(markdownCode('a``b`')).toBe('``` a``b` ```')
  expect(markdownText('name it under `ignore` in *all*')).toBe('name it under `ignore` in \\*all\\*')
  expect(markdownText('one ` alone')).toBe('one \\` alone')
})

test.each([600, 900, 2000, 65_536])(
  'a text is never longer than %i characters and says where the whole is',
  (limit) => {
    const results = Array.from({ length: 300 }, (_, index) =>
      result({ rule: `kubernetes/rule-${index}`, blocking: index % 2 === 0 }),
    )
    const text = markdown(report(results), { limit, full: 'the file report.json' })
    expect(text.length).toBeLessThanOrEqual(limit)
    expect(text).toMatch(/_Cut here: the whole is in the file report.json._\n$/)
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length)
    expect(text).toContain('No-go')
  },
)
