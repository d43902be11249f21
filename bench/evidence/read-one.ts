// Reads one file of evidence the way that a check does, and prints what came of it. A process of its own for each file:
// the peak of its memory is that file's.
import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import { collectEvidence } from '../../src/collect/evidence/collect-evidence.ts'
import { evidenceLaw } from '../../src/collect/evidence/index.ts'

const [file = ''] = process.argv.slice(2)
const started = performance.now()
const found = await collectEvidence(
  {
    list: () => Promise.resolve([{ path: basename(file), size: statSync(file).size, createdAt: null, sha: null }]),
    open: () => createReadStream(file),
  },
  evidenceLaw,
  { globs: {}, ignore: [], demands: {} },
)
const wall = (performance.now() - started) / 1000
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
console.log(
  JSON.stringify({
    wall,
    cpu: (userCPUTime + systemCPUTime) / 1e6,
    memory: maxRSS / 1024,
    facts: found.facts.length,
    format: found.evidence[0]?.format ?? '',
    refused: found.unjudged[0]?.reason ?? '',
  }),
)
