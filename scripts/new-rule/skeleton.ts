import type { Topic } from '../../src/core/facts/define.ts'
import type { Word } from '../../src/core/facts/vocabulary.ts'

/** A file of each topic to begin a case with. */
const samples: Partial<Record<Topic, { path: string; text: string }>> = {
  docker: { path: 'Dockerfile', text: 'FROM alpine:3.22\nCMD ["./shop"]' },
  compose: { path: 'compose.yaml', text: 'services:\n  shop:\n    image: shop:1.4.2' },
  kubernetes: {
    path: 'k8s/shop.yaml',
    text: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec:
      containers:
        - name: web
          image: shop:1.4.2`,
  },
  workflows: {
    path: '.github/workflows/ci.yml',
    text: 'on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make test',
  },
}

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `        ${line}`)
    .join('\n')

/** A rule file about one kind of fact that is valid, lets everything pass, and therefore fails its first case. */
export const skeleton = (kind: string, { topic, variable }: Pick<Word, 'topic' | 'variable'>): string => {
  const { path, text } = samples[topic] ?? { path: 'README.md', text: 'A shop' }
  return `title: TODO What holds when the rule passes, as a statement
severity: medium # by what happens in production: critical, high, medium or low
effort: 15m # to repair one finding: 15m, 2h, 1d
for: ${kind} # asked once of each; in expressions it is ${variable}
expect: "true" # TODO what must hold
message: TODO what is wrong # one line; {{${variable}.…}} in it prints a field
why: TODO what happens in production, in a sentence or two.
fix: TODO what to write.
references: []
cases:
  - name: what must be found
    files:
      ${path}: |
${indented(text)}
    fails: [{ path: ${path}, line: 1 }]
  - name: what must not be
    files:
      docs/about.md: A shop without any of it
    fails: []
`
}
