// Judges the two services of examples/ with the built command line, and shows the two verdicts.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const wanted = [
  { example: 'not-ready', exit: 1 },
  { example: 'ready', exit: 0 },
]

const wrong = wanted.filter(({ example, exit }) => {
  console.log(`\n$ prodgate check examples/${example}\n`)
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'dist/cli.js'), 'check', join(root, 'examples', example)],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  return status !== exit
})
for (const { example } of wrong) console.error(`examples/${example} was not judged as expected`)
process.exitCode = wrong.length === 0 ? 0 : 1
