// Writes the skeleton of a rule, which says nothing yet and whose first case fails: npm run new:rule -- containers/declares-user
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { vocabulary } from '../src/core/facts/vocabulary.ts'
import type { FactKind } from '../src/core/facts/index.ts'
import { idPattern } from '../src/core/parse-rule.ts'
import { skeleton } from './new-rule/skeleton.ts'

const usage = `Usage: npm run new:rule -- <category>/<name> [--for <kind of fact>] [--in <folder>]

The kinds of fact are listed in docs/facts.md; docker.stage is taken where none is named. The folder is rules.
`

const end = (message: string): never => {
  process.stderr.write(`${message}\n\n${usage}`)
  process.exit(2)
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { for: { type: 'string', default: 'docker.stage' }, in: { type: 'string', default: 'rules' } },
})
const [id, ...more] = positionals
if (id === undefined || more.length > 0) end('Name one rule.')
else if (!idPattern.test(id)) end(`"${id}" is not <category>/<name> in lower case, with dashes between words.`)
else if (!Object.hasOwn(vocabulary, values.for)) end(`There is no kind of fact "${values.for}".`)
else {
  const kind = values.for as FactKind
  const path = `${values.in}/${id}.yaml`
  if (existsSync(path)) end(`${path} is there already.`)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, skeleton(kind, vocabulary[kind]))
  process.stdout.write(`Wrote ${path}. It lets everything pass, so its first case fails.

Next:
  1. docs/facts.md has the fields of ${kind}, called ${vocabulary[kind].variable} in expressions.
  2. Make the first case as short as a real file can be, and say in expect what must hold.
  3. prodgate test-rules ${values.in}    runs the cases, until all hold.
  4. Add a case for each false alarm that you can think of, then fill in what is left to be said.
`)
}
