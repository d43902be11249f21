import * as z from 'zod'
import { defineFact } from './define.ts'

const Suppressed = {
  suppressed: z.boolean().describe('Whether its failure is thrown away, so that the job goes on and ends green'),
  how: z.string().optional().describe('What throws the failure away: `|| true`, `continue-on-error: true`, `set +e`'),
}

const Permissions = z.object({
  declared: z.boolean().describe('False where nothing is written and the setting of the repository applies'),
  writeAll: z.boolean(),
  writes: z.array(z.string()).describe('Scopes that are granted write, by name; not filled for write-all'),
})

const Retired = z
  .object({ since: z.string().describe('The day it stopped working, ISO 8601'), instead: z.string() })
  .describe('From the platform’s own announcements')

export const workflow = defineFact({
  topic: 'workflows',
  variable: 'workflow',
  description: 'One GitHub Actions workflow file.',
  schema: z.object({
    name: z.string(),
    triggers: z.array(z.string()).describe('Events under `on`'),
    permissions: Permissions.describe('Of the whole workflow'),
    jobsOnDefaults: z.array(z.string()).describe('Jobs for which neither they nor the workflow declare permissions'),
    sharedWrites: z
      .array(z.string())
      .describe('Scopes written at the top that can change code, releases, packages, checks or deployments'),
  }),
})

export const workflowJob = defineFact({
  topic: 'workflows',
  variable: 'job',
  description: 'One job of a workflow.',
  schema: z.object({
    id: z.string(),
    needs: z.array(z.string()),
    unknownNeeds: z.array(z.string()).describe('Names under `needs` that are no job of the workflow'),
    runsAnyway: z.boolean().describe('Whether its `if` lets it run although a job that it needs failed'),
    triggers: z.array(z.string()),
    calls: z.string().optional().describe('The reusable workflow that the job is'),
    environment: z.string().optional(),
    concurrency: z.boolean().describe('Whether the job or its workflow has a concurrency group'),
    timeout: z.boolean(),
    selfHosted: z.boolean(),
    retiredRunner: z.object({ label: z.string(), ...Retired.shape }).optional(),
    permissions: Permissions.describe('What is in force for the job: its own, or else the workflow’s'),
    tests: z.boolean(),
    scans: z.boolean(),
    deploys: z
      .boolean()
      .describe('Whether a step changes a running system; previews for pull requests and throw-away clusters are not'),
    deployedBy: z.string().describe('The command or action that deploys; empty where none does'),
    testedFirst: z
      .string()
      .describe('Whether tests stand before the deployment: yes, no, or unknown where another workflow may run them'),
    scannedFirst: z.string().describe('The same for security scans; `none` where the repository runs no scan at all'),
    verified: z.boolean().describe('Whether a rollout wait, a health check or a smoke test follows the deployment'),
    rollsBack: z.boolean(),
    inheritsSecrets: z.boolean(),
    callsElsewhere: z.boolean().describe('Whether the reusable workflow is in another repository'),
  }),
})

export const workflowAction = defineFact({
  topic: 'workflows',
  variable: 'action',
  description: 'One use of an action or of a reusable workflow, in a workflow or a composite action.',
  schema: z.object({
    uses: z.string(),
    name: z.string().describe('owner/repository with the path in it, or the image’s name'),
    ref: z.string(),
    source: z.enum(['repository', 'docker', 'local']),
    firstParty: z.boolean().describe('Whether GitHub itself publishes it: actions/* and github/*'),
    pinned: z.boolean().describe('To a full commit, or to a digest; what is local is pinned by its own commit'),
    branchLike: z.boolean().describe('Whether the ref is a branch’s name rather than a version’s'),
    retired: Retired.optional(),
  }),
})

export const workflowInput = defineFact({
  topic: 'workflows',
  variable: 'input',
  description: 'One input that a step gives to a well-known action, whose version is written as a tag.',
  schema: z.object({
    action: z.string().describe('With its version: actions/checkout@v4'),
    input: z.string(),
    known: z.boolean().describe('Whether that version of the action has it'),
    hint: z.string().describe('An input of nearly that name; empty for none'),
  }),
})

export const workflowExpression = defineFact({
  topic: 'workflows',
  variable: 'expression',
  description: 'One `${{ }}` that is pasted into a script.',
  schema: z.object({
    text: z.string(),
    origin: z
      .enum(['trusted', 'outsider', 'writer'])
      .describe('Who chooses the text: anybody (outsider), who may push or start the workflow (writer), or nobody'),
    context: z.string().describe('The context that is not trusted; empty where all are'),
    privileged: z.boolean().describe('Whether a trigger lets outsiders start the workflow with its secrets and token'),
    dumpsSecrets: z.boolean().describe('Whether every secret of the repository goes in'),
  }),
})

export const workflowCheckout = defineFact({
  topic: 'workflows',
  variable: 'checkout',
  description: 'One step with actions/checkout.',
  schema: z.object({
    ref: z.string(),
    privilegedTrigger: z.string().describe('The trigger that runs with secrets for outsiders; empty where none does'),
    ofPullRequest: z.boolean().describe('Whether the head of a pull request is what is checked out'),
    persistsCredentials: z.boolean(),
  }),
})

export const workflowCommand = defineFact({
  topic: 'workflows',
  variable: 'command',
  description: 'One use of the file or text commands by which a step talks to the runner.',
  schema: z.object({ name: z.string(), insecure: z.boolean(), retired: z.boolean() }),
})

export const workflowScan = defineFact({
  topic: 'workflows',
  variable: 'scan',
  description: 'One run of a security scanner.',
  schema: z.object({
    tool: z.string(),
    canFail: z.enum(['yes', 'no', 'unknown']).describe('Whether what it finds can fail the job'),
    because: z.string().describe('Why not, or why nobody can tell; empty for yes'),
    backed: z.boolean().describe('Whether the same tool scans the same kind of thing in this job and can fail it'),
  }),
})

export const workflowCheck = defineFact({
  topic: 'workflows',
  variable: 'check',
  description: 'One command or action that tests, lints or verifies.',
  schema: z.object({
    kind: z.enum(['test', 'lint', 'verify']),
    command: z.string(),
    ...Suppressed,
    lostInPipe: z.boolean().describe('Whether it is piped on in a shell without pipefail'),
  }),
})

export const workflowCall = defineFact({
  topic: 'workflows',
  variable: 'call',
  description: 'One literal file or npm script of the repository that a run step starts.',
  schema: z.object({
    kind: z.enum(['file', 'npm-script', 'make-target']),
    target: z.string().describe('As it is written'),
    path: z.string().describe('From the root of the repository; for an npm script, the folder of its package.json'),
    state: z.enum(['exists', 'missing', 'unknown']),
    because: z.string(),
    executable: z.boolean(),
    hint: z.string().describe('Where a file of that name is; empty when there is none, or more than one'),
  }),
})

export const workflowCondition = defineFact({
  topic: 'workflows',
  variable: 'condition',
  description: 'The `if` of a job or a step.',
  schema: z.object({ text: z.string(), alwaysTrue: z.boolean(), readsSecrets: z.boolean() }),
})

export const workflowSarif = defineFact({
  topic: 'workflows',
  variable: 'upload',
  description: 'One step that sends SARIF to code scanning.',
  schema: z.object({
    action: z.string(),
    job: z.string(),
    permissions: Permissions,
    mayWrite: z.boolean().describe('Whether the job declares security-events: write'),
  }),
})

export const workflowNotification = defineFact({
  topic: 'workflows',
  variable: 'notification',
  description: 'One step that tells people of a deployment.',
  schema: z.object({
    step: z.string(),
    canFail: z.boolean(),
    rollback: z.string().describe('The later step that undoes the deployment on any failure; empty when there is none'),
  }),
})

export const workflowImageBuild = defineFact({
  topic: 'workflows',
  variable: 'build',
  description: 'One image built with docker/build-push-action.',
  schema: z.object({
    tags: z.array(z.string()),
    kept: z.boolean().describe('Whether the image is pushed or loaded, so that later steps have it'),
    usedBy: z.string().describe('The later docker command that needs the image; empty when there is none'),
  }),
})

export const workflowImage = defineFact({
  topic: 'workflows',
  variable: 'image',
  description: 'The image of a job’s container, or of one of its services.',
  schema: z.object({
    image: z.string(),
    pinned: z.boolean(),
    literalPassword: z.boolean().describe('Whether the password of its registry is written in the file'),
  }),
})

export const npmPackage = defineFact({
  topic: 'workflows',
  variable: 'npm',
  description: 'The scripts of one package.json.',
  schema: z.object({ directory: z.string(), scripts: z.array(z.string()) }),
})

export const pipeline = defineFact({
  topic: 'workflows',
  variable: 'pipeline',
  description: 'All continuous integration of the repository. There is exactly one.',
  schema: z.object({
    systems: z.array(z.string()).describe('GitHub Actions, GitLab CI, Jenkins, ...'),
    keptElsewhere: z
      .string()
      .describe('A system that a file hints at and whose jobs are kept in another repository; else empty'),
    readable: z.boolean().describe('Whether all of it is GitHub Actions, which is read; other systems are only seen'),
    tests: z.boolean(),
    testsOnPullRequests: z.boolean(),
    scans: z.boolean(),
    deploys: z.boolean(),
    callsElsewhere: z.boolean().describe('Whether a job is a reusable workflow of another repository'),
  }),
})
