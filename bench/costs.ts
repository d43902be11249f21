// What each rule and each collector costs, measured in this process.
import { diskEvidence } from '../src/adapters/disk/evidence.ts'
import { diskWorkspace } from '../src/adapters/disk/workspace.ts'
import { assess } from '../src/assess.ts'
import { readRules } from '../scripts/read-rules.ts'

/** What one part cost, in milliseconds. */
export interface Cost {
  part: 'rule' | 'collector'
  name: string
  milliseconds: number
}

/** Judges a directory in this process, and gives what each rule and each topic's collectors cost, the costliest first. */
export const costsOf = async (directory: string): Promise<Cost[]> => {
  const costs = new Map<string, Cost>()
  await assess({
    workspace: diskWorkspace(directory),
    evidenceFiles: diskEvidence(directory, { clean: null }),
    rules: readRules().map(({ rule }) => rule),
    policy: undefined,
    environment: 'production',
    now: new Date('2026-11-21T12:00:00Z'),
    subject: { repository: null, sha: null, directory: '.' },
    version: 'bench',
    meter: {
      clock: () => performance.now(),
      spent: (part, name, milliseconds) => {
        const known = costs.get(`${part} ${name}`)
        if (known === undefined) costs.set(`${part} ${name}`, { part, name, milliseconds })
        else known.milliseconds += milliseconds
      },
    },
  })
  return [...costs.values()].sort((a, b) => b.milliseconds - a.milliseconds)
}

/** The costliest ten rules, and every collector, as a table. */
export const costTable = (costs: readonly Cost[]): string => {
  const line = ({ name, milliseconds }: Cost): string => `${milliseconds.toFixed(0).padStart(8)}  ${name}`
  const rules = costs.filter(({ part }) => part === 'rule')
  const all = rules.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  return [
    'collectors, by topic: ms (a parse counts for whoever asks first)',
    ...costs.filter(({ part }) => part === 'collector').map(line),
    `rules: the costliest ten of ${rules.length}, which cost ${all.toFixed(0)} ms together`,
    ...rules.slice(0, 10).map(line),
  ].join('\n')
}
