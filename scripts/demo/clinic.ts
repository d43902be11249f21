import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { until, type Stage } from '../../test/e2e/app/stage.ts'
import type { PullRequestScenario } from '../../test/simulator/scenario/pull-request.ts'
import type { RepositoryScenario } from '../../test/simulator/scenario/repository.ts'
import type { CheckRun } from '../../test/simulator/state/entities.ts'

const example = join(import.meta.dirname, '../../examples/ready')
const reports = 'reports/'
export const production = 'prodgate / production'

const read = (path: string): string => readFileSync(join(example, path), 'utf8')

const paths = readdirSync(example, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(example, join(entry.parentPath, entry.name)))

/** What a run of the pipeline leaves behind: the results of tests and of a scan. */
const results = Object.fromEntries(paths.filter((path) => path.startsWith(reports)).map((path) => [path, read(path)]))

/** Its policy, with evidence from wherever it lies in what the pipeline leaves, and none from git. */
const policy = read('.github/prodgate.yml')
  .replace(/^ *#.*\n|^ *committed:.*\n/gm, '')
  .replaceAll(/\[reports\//g, '["**/')
  .replaceAll(/\.(xml|json)\]/g, '.$1"]')

/** The service of `examples/ready`, whose results come from its pipeline. */
const service = Object.fromEntries(
  paths
    .filter((path) => !path.startsWith(reports))
    .map((path) => [path, path.endsWith('prodgate.yml') ? policy : read(path)]),
)

/** A change with three mistakes in it, as they are made on a Friday. */
const mistakes = {
  Dockerfile: read('Dockerfile').replace('USER node\n', ''),
  'k8s/appointments.yaml': read('k8s/appointments.yaml').replace(
    /appointments:1\.4\.2@sha256:\w+/,
    'appointments:latest',
  ),
  'compose.yaml': read('compose.yaml').replace(/\$\{POSTGRES_PASSWORD:[^}]*\}/, 'Tr0ub4dor-and-3'),
}

/** The same change without them. */
export const mended = Object.fromEntries(Object.keys(mistakes).map((path) => [path, read(path)]))

export interface Clinic {
  shop: RepositoryScenario
  pull: PullRequestScenario
}

/** The pipeline ends well at the head of the pull request, and leaves its results. */
export const pipelineEnds = ({ shop, pull }: Clinic): void => {
  const { sha, state } = pull
  shop.run({ name: 'delivery', event: 'pull_request', sha, branch: state.head.ref, artifacts: { results } })
}

/** A clinic's repository with the App installed, and a pull request with three mistakes. */
export const openPullRequest = (stage: Stage): Clinic => {
  const { github, app } = stage
  const shop = github.repository('clinic/appointments', { roles: { ada: 'admin', grace: 'write' } })
  shop.commit(service, { silent: true })
  github.install(app, 'clinic')
  const pull = shop.pullRequest({ title: 'Remind patients by mail', head: 'reminders', files: mistakes })
  return { shop, pull }
}

export const checkOf = ({ shop, pull }: Clinic): CheckRun | undefined => shop.checks(pull.sha).get(production)

/** Waits until the head of the pull request is judged with everything that is known of it. */
export const judged = async (stage: Stage, clinic: Clinic): Promise<void> => {
  await until('the pull request is judged', () => checkOf(clinic)?.status === 'completed', 30_000)
  await stage.quiet()
}

/** A pull request with three mistakes that was judged, its pipeline's results included. */
export const judgedPullRequest = async (stage: Stage): Promise<Clinic & { check: CheckRun | undefined }> => {
  const clinic = openPullRequest(stage)
  pipelineEnds(clinic)
  await judged(stage, clinic)
  return { ...clinic, check: checkOf(clinic) }
}
