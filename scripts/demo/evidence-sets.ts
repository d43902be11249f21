import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Report } from '../../src/core/report.ts'

/** The moment that every set is judged at. */
const now = '2026-11-21T12:00:00Z'

interface EvidenceSet {
  name: string
  /** When the pipeline wrote its files. */
  written: string
  decision: Report['decision']
}

const sets: readonly EvidenceSet[] = [
  { name: 'missing', written: now, decision: 'no-go' },
  { name: 'stale', written: '2026-11-12T09:00:00Z', decision: 'no-go' },
  { name: 'failing', written: '2026-11-21T09:00:00Z', decision: 'no-go' },
  { name: 'complete', written: '2026-11-21T09:00:00Z', decision: 'go' },
]

const commit = (folder: string): void => {
  const date = '2026-11-01T12:00:00Z'
  const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }
  const who = ['-c', 'user.name=ada', '-c', 'user.email=ada@clinic.example', '-c', 'commit.gpgsign=false']
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    ['commit', '-qm', 'Book an hour'],
  ])
    execFileSync('git', [...who, '-C', folder, ...args], { env, stdio: 'ignore' })
}

/** The service of examples/ready as a repository with one commit, and beside it what a pipeline left. */
const layOut = (examples: string, folder: string, { name, written }: EvidenceSet): void => {
  cpSync(join(examples, 'ready'), folder, { recursive: true })
  rmSync(join(folder, 'reports'), { recursive: true })
  cpSync(join(examples, 'evidence/prodgate.yml'), join(folder, '.github/prodgate.yml'))
  writeFileSync(join(folder, '.gitignore'), 'node_modules/\nreports/\n.env\n.env.*\n!.env.example\n')
  commit(folder)
  const reports = join(examples, 'evidence', name, 'reports')
  if (!existsSync(reports)) return
  cpSync(reports, join(folder, 'reports'), { recursive: true })
  for (const file of readdirSync(reports))
    utimesSync(join(folder, 'reports', file), new Date(written), new Date(written))
}

const judge = (cli: string, folder: string): Report => {
  const { stdout, stderr } = spawnSync(process.execPath, [cli, 'check', folder, '--format', 'json', '--now', now], {
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as Report
}

/** Why in one line: what does not count, what fails, or what the evidence says. */
const why = ({ refused = [], results, evidence }: Report): string => {
  const [first, ...more] = refused
  if (first !== undefined)
    return `${first.path} ${first.reason}${more.length === 0 ? '' : ` (and ${more.length} more)`}`
  const failures = results
    .filter(({ blocking, status }) => blocking && status === 'fail')
    .flatMap(({ findings }) => findings)
  return failures.length > 0
    ? failures.map(({ message }) => message).join('; ')
    : evidence.map(({ path, says }) => `${path}: ${says}`).join('; ')
}

const line = (...cells: string[]): string => `  ${cells.map((cell, at) => cell.padEnd([10, 12, 8][at] ?? 0)).join('')}`

/** Judges one service with each set of evidence and prints a table. Returns the sets that were not judged as they have to be. */
export const showEvidenceSets = (cli: string, examples: string): string[] => {
  const rows = sets.map((set) => {
    const folder = mkdtempSync(join(tmpdir(), 'prodgate-demo-'))
    try {
      layOut(examples, folder, set)
      return { set, report: judge(cli, folder) }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
  console.log(`\nOne service, four sets of evidence, judged as of ${now}:\n`)
  console.log(line('evidence', 'verdict', 'score', 'why'))
  for (const { set, report } of rows) {
    const { low, high } = report.score
    console.log(line(set.name, report.decision, low === high ? `${low}` : `${low}–${high}`, why(report)))
  }
  return rows.filter(({ set, report }) => report.decision !== set.decision).map(({ set }) => set.name)
}
