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

**Score 41–77** of 100, minimum 80

### Blockers: 1 rule

#### high: Containers that take traffic declare a readiness probe \`kubernetes/readiness-probe\`

- [\`k8s/a (1).yaml:14\`](${blobUrl}/k8s/a%20%281%29.yaml#L14) container web has no readiness probe
- **Fix** (15 min): Add a \`readinessProbe\` that fails until the process can serve.

### The shortest way to go: 1 step, +13 points, about 15 min

| | Repair | Points | Effort |
|--:|---|--:|--:|
| 1 | Containers that take traffic declare a readiness probe \`kubernetes/readiness-probe\` | +12.5 | 15 min |

<sub>20 files found, 9 read, 2 ignored; evidence: tests; prodgate 1.2.3</sub>
`)
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
