// Judges the services of examples/ with the built command line (or the one that is named), and shows the verdicts.
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { tellAppStory } from './demo/app-story.ts'
import { showEvidenceSets } from './demo/evidence-sets.ts'

const root = join(import.meta.dirname, '..')
const examples = join(root, 'examples')
const cli = resolve(process.argv[2] ?? join(root, 'dist/cli.js'))
const wanted = [
  { example: 'not-ready', exit: 1 },
  { example: 'ready', exit: 0 },
]

const wrong = wanted.filter(({ example, exit }) => {
  console.log(`\n$ prodgate check examples/${example}\n`)
  const { status } = spawnSync(process.execPath, [cli, 'check', join(examples, example)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return status !== exit
})
for (const { example } of wrong) console.error(`examples/${example} was not judged as expected`)
const odd = showEvidenceSets(cli, examples)
for (const name of odd) console.error(`the evidence that is ${name} was not judged as expected`)
await tellAppStory()
process.exitCode = wrong.length + odd.length === 0 ? 0 : 1
