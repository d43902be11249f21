import { rules } from 'builtin-rules'
import { checkoutOf } from '../../adapters/disk/git.ts'
import { gitObjects } from '../../adapters/disk/git-objects.ts'
import { diskRules } from '../../adapters/disk/rule-files.ts'
import { diskRenderer } from '../../adapters/disk/rendering/renderer.ts'
import { diskEvidence } from '../../adapters/disk/evidence.ts'
import { diskWorkspace } from '../../adapters/disk/workspace.ts'
import { contents } from '../../adapters/github/contents.ts'
import type { Api, Octokit } from '../../adapters/github/api.ts'
import { assess } from '../../assess.ts'
import { customRulesFolder } from '../../core/rule-sources.ts'
import type { Report } from '../../core/report.ts'
import { ciCommit } from '../ci.ts'
import { version } from '../version.ts'
import { findBase } from './base.ts'
import { locate, readBelow, type Location } from './disk.ts'
import { readEvent, type Event } from './event.ts'
import { readInputs, type InputName, type Inputs } from './inputs.ts'
import { findHistory, findLaw, isLaw, type Law, type Shelves } from './law.ts'
import { tell } from './tell.ts'
import type { Console } from './console.ts'

/** What the runner gives a run. */
export interface Runner {
  env: NodeJS.ProcessEnv
  read: (name: InputName) => string
  console: Console
  connect: (token: string) => Octokit
  now: () => Date
}

/** Reading the law may take this long with all its retries. Milliseconds. */
const judgingTime = 90_000

/** Everything that a run knows of its question. */
export interface Question {
  event: Event
  inputs: Inputs
  location: Location
  /** The API until a deadline; undefined without a token or a repository. */
  api: (time: number) => Api | undefined
  /** The runner's variables. */
  env: NodeJS.ProcessEnv
}

const judge = async (
  { event, inputs, location, api, env }: Question,
  now: Date,
): Promise<{ report: Report; law: Law }> => {
  const workspace = diskWorkspace(inputs.directory)
  const { head, ...checkout } = await checkoutOf(inputs.directory)
  const forge = api(judgingTime)
  const shelves: Shelves = {
    forge: forge === undefined ? undefined : contents(forge),
    clone: gitObjects(location.root),
    workTree: (path) => readBelow(location.root, path),
    workTreeRules: async () => {
      const read = await diskRules(location.root, customRulesFolder)
      return 'sources' in read ? read.sources : read
    },
  }
  const law = await findLaw(event, head, inputs.policy, shelves)
  const ci = ciCommit(env, head, event.pullRequest === undefined ? [] : [event.pullRequest.head])
  const { base, notice } = findBase(event, inputs.directory)
  const { report } = await assess({
    workspace,
    evidenceFiles: diskEvidence(inputs.directory, { clean: checkout.sha, ci }),
    rules,
    renderer: diskRenderer(env['PATH'] ?? ''),
    policy: law.policy,
    customRules: law.customRules,
    history: findHistory(event, head, shelves),
    ...(base === undefined ? {} : { base }),
    evidenceGlobs: inputs.evidence,
    environment: inputs.environment,
    trustIgnores: isLaw(event, head) ? 'all' : 'base',
    now,
    subject: { ...checkout, directory: location.directory },
    version,
  })
  return { report, law: notice === undefined ? law : { ...law, notices: [...law.notices, notice] } }
}

/**
 * One run of the Action: reads the outside, judges, tells. Resolves to whether the step succeeds.
 * @throws InputError for inputs that cannot be used
 */
export const run = async ({ env, read, console, connect, now }: Runner): Promise<boolean> => {
  const workspace = env['GITHUB_WORKSPACE'] || '.'
  const inputs = readInputs(read, { workspace, temporary: env['RUNNER_TEMP'] || workspace })
  if (inputs.token !== undefined) console.mask(inputs.token)
  const event = readEvent(env)
  const octokit = inputs.token === undefined ? undefined : connect(inputs.token)
  const { repository } = event
  const api: Question['api'] = (time) =>
    octokit === undefined || repository === undefined
      ? undefined
      : { octokit, owner: repository.owner, repo: repository.name, deadline: AbortSignal.timeout(time) }
  const question = { event, inputs, location: locate(inputs.directory, workspace), api, env }
  const { report, law } = await judge(question, now())
  return await tell(question, report, law, console, env['GITHUB_SERVER_URL'] || 'https://github.com')
}
