import type { GitHub } from '../simulator/github.ts'
import type { DeploymentScenario } from '../simulator/scenario/deployment.ts'
import type { RepositoryScenario } from '../simulator/scenario/repository.ts'
import type { App } from '../simulator/state/types.ts'
import { law, lawPath, oneRule, runsAsNode, runsAsRoot } from '../e2e/app/sources.ts'

/** One deployment request, and the only answer to it that is right. */
export interface Asked {
  deployment: DeploymentScenario
  what: string
  right: 'approved' | 'rejected'
  /** What the answer has to speak of. */
  says: RegExp
}

type Ask = (random: () => number) => Asked

const waiver = (until: string): string =>
  `waivers: [{ rule: ${oneRule}, reason: the batch image is replaced in spring, owner: "@clinic/platform", expires: ${until} }]\n`

/** How the request reaches the App, in the shapes that GitHub has for it. */
const shapes = [{}, {}, {}, { twice: true }, { withoutDeployment: true }, { withoutSha: true }] as const

/**
 * Sets up repositories whose commits are go, waived, no-go, of an unknown environment and without a readable law.
 * @returns a function that makes the next deployment request
 */
export const requests = (github: GitHub, app: App): Ask => {
  const repository = (name: string, files: Record<string, string>): RepositoryScenario => {
    const made = github.repository(`clinic/${name}`, { roles: { ada: 'admin' } })
    made.commit(files, { silent: true })
    return made
  }
  const shop = repository('shop', { [lawPath]: law(), Dockerfile: runsAsNode })
  const batch = repository('batch', { [lawPath]: law('', waiver('2199-01-01')), Dockerfile: runsAsRoot })
  const ledger = repository('ledger', { [lawPath]: 'version: 1\nblockng: high\n', Dockerfile: runsAsNode })
  github.install(app, 'clinic')
  const commits = (file: string, text: string): string[] =>
    Array.from({ length: 4 }, (_, n) => {
      const branch = `${file}-${n}`
      return shop.commit({ Dockerfile: `# ${branch}\n${text}` }, { branch, silent: true })
    })
  const good = commits('good', runsAsNode)
  const bad = commits('bad', runsAsRoot)
  const pick = <T>(of: readonly T[], random: () => number): T => of[Math.floor(random() * of.length)] as T

  const kinds: ((random: () => number) => Asked)[] = [
    (random) => ({
      what: 'a commit that may go',
      right: 'approved',
      says: /./,
      deployment: shop.deploy({ environment: 'production', sha: pick(good, random), ...pick(shapes, random) }),
    }),
    (random) => ({
      what: 'a commit that may not',
      right: 'rejected',
      says: /Dockerfile/,
      deployment: shop.deploy({ environment: 'production', sha: pick(bad, random), ...pick(shapes, random) }),
    }),
    (random) => ({
      what: 'an environment that nobody knows',
      right: 'rejected',
      says: /moonbase[^]*production/,
      deployment: shop.deploy({ environment: 'moonbase', sha: pick(good, random), ...pick(shapes, random) }),
    }),
    (random) => ({
      what: 'a waived commit',
      right: 'approved',
      says: /waive/i,
      deployment: batch.deploy({ environment: 'production', ...pick(shapes, random) }),
    }),
    (random) => ({
      what: 'a law with a mistake',
      right: 'rejected',
      says: /prodgate\.yml/,
      deployment: ledger.deploy({ environment: 'production', ...pick(shapes, random) }),
    }),
  ]
  return (random) => pick(kinds, random)(random)
}
