import type { Place } from '../../core/facts/place.ts'
import type { Sink } from '../collector.ts'
import { asList, asMapping, asString, type Mapping } from '../shape.ts'
import type { YamlDocument } from '../yaml/yaml-file.ts'
import { deployAction, deployCommand, notifies, rollsBack, startsTestCluster, verifies } from './deploys.ts'
import type { Permissions } from './permissions.ts'
import { programWords } from './shell.ts'
import type { PlacedScan } from './step-facts.ts'
import type { Step } from './step.ts'
import { inputOf, usesAction } from './uses.ts'

/** The first step of a job that deploys. */
export interface Deployment {
  by: string
  index: number
  place: Place
}

/** Finds the first step that changes a running system; undefined where there is none, or only a throw-away cluster. */
export const findDeployment = (steps: readonly Step[], job: string): Deployment | undefined => {
  const deployJob = /deploy/i.test(job)
  for (const [index, step] of steps.entries()) {
    if (startsTestCluster(step)) return undefined
    const action = deployAction(step, deployJob)
    if (action !== undefined) return { by: action, index, place: step.place }
    for (const command of step.commands) {
      const by = deployCommand(step, command.words, deployJob)
      if (by !== undefined) return { by, index, place: step.atLine(command.line, command.words[0] ?? '') }
    }
  }
  return undefined
}

/** Whether anything from the deployment on finds out that it works. */
export const isVerified = (steps: readonly Step[], from: number): boolean => steps.slice(from).some(verifies)

export const hasRollback = (steps: readonly Step[]): boolean => steps.some(rollsBack)

/** Reports the scans of a job, each with whether a neighbour of the same kind can fail the job. */
export const emitScans = (scans: readonly PlacedScan[], sink: Sink): void => {
  for (const { tool, canFail, because, target, subject, place } of scans)
    sink.fact({
      kind: 'workflows.scan',
      subject,
      place,
      value: {
        tool,
        canFail,
        because,
        backed: scans.some((other) => other.tool === tool && other.target === target && other.canFail === 'yes'),
      },
    })
}

/** Conditions that keep what outsiders send away from a privileged job. */
const guards =
  /head\.repo\.full_name\s*==\s*github\.repository|head\.repo\.fork\s*==\s*false|!\s*github\.event\.pull_request\.head\.repo\.fork|workflow_run\.event\s*==\s*'(push|schedule|release)'|head_repository\.full_name\s*==\s*github\.repository|author_association/

const otherEvent = /event_name\s*==\s*'(push|pull_request|schedule|release|workflow_dispatch)'/

const isGuarded = (...conditions: (string | undefined)[]): boolean =>
  conditions.some(
    (condition) =>
      condition !== undefined &&
      (guards.test(condition) || (otherEvent.test(condition) && !/_target|workflow_run|issue_comment/.test(condition))),
  )

// A branch's name alone is looked up in the base repository, which outsiders cannot write to.
const headOfPullRequest =
  /github\.event\.pull_request\.(head\.sha|number|merge_commit_sha)|refs\/pull\/|github\.event\.workflow_run(?:\.(?:head_sha|head_commit|pull_requests)|\s*\})|github\.event\.issue\.number/
const foreignRepository =
  /github\.event\.pull_request\.head\.|github\.event\.workflow_run\.(head_repository|pull_requests)/

/** Reports every checkout, and whether it takes a pull request's head into a job that has secrets. */
export const emitCheckouts = (steps: readonly Step[], trigger: string, jobIf: string | undefined, sink: Sink): void => {
  for (const step of steps) {
    const guarded = isGuarded(jobIf, step.condition)
    const privilegedTrigger = guarded ? '' : trigger
    if (usesAction(step.uses, 'actions/checkout')) {
      const commit = inputOf(step.inputs, 'ref') ?? ''
      const repository = inputOf(step.inputs, 'repository') ?? ''
      sink.fact({
        kind: 'workflows.checkout',
        subject: step.subject,
        place: step.at('uses'),
        places: { ref: inputOf(step.inputs, 'ref') === undefined ? step.at('uses') : step.atInput('ref') },
        value: {
          ref: `${commit} ${repository}`.trim(),
          privilegedTrigger,
          ofPullRequest: headOfPullRequest.test(commit) || foreignRepository.test(repository),
          persistsCredentials: inputOf(step.inputs, 'persist-credentials') !== 'false',
        },
      })
    }
    for (const { words, line } of step.commands)
      if (words[0] === 'gh' && words[1] === 'pr' && words[2] === 'checkout')
        sink.fact({
          kind: 'workflows.checkout',
          subject: step.subject,
          place: step.atLine(line, 'gh'),
          value: { ref: 'gh pr checkout', privilegedTrigger, ofPullRequest: true, persistsCredentials: false },
        })
  }
}

/** Reports uploads to code scanning, with the job's rights. */
export const emitSarif = (steps: readonly Step[], job: string, permissions: Permissions, sink: Sink): void => {
  for (const step of steps) {
    const analyses = usesAction(step.uses, 'github/codeql-action/analyze')
    if (!analyses && !usesAction(step.uses, 'github/codeql-action/upload-sarif')) continue
    if (analyses && /^(false|never)$/.test(inputOf(step.inputs, 'upload') ?? '')) continue
    sink.fact({
      kind: 'workflows.sarif-upload',
      subject: step.subject,
      place: step.at('uses'),
      value: {
        action: step.uses?.name ?? '',
        job,
        permissions,
        mayWrite: permissions.writeAll || permissions.writes.includes('security-events'),
      },
    })
  }
}

const onSuccess = (step: Step): boolean =>
  step.condition === undefined || !/failure\(\)|always\(\)|cancelled\(\)/.test(step.condition)

/** Reports notifications between a deployment and the rollback that any failure starts. */
export const emitNotifications = (steps: readonly Step[], from: number, sink: Sink): void => {
  for (const [index, step] of steps.entries()) {
    if (index < from || !notifies(step)) continue
    const rollback = steps
      .slice(index + 1)
      .find((later) => /failure\(\)/.test(later.condition ?? '') && rollsBack(later))
    sink.fact({
      kind: 'workflows.notification',
      subject: step.subject,
      place: step.uses === undefined ? step.place : step.at('uses'),
      value: {
        step: step.label,
        canFail: onSuccess(step) && step.continueOnError === 'no' && !/\|\| *(true|:)/.test(step.run ?? ''),
        rollback: rollback?.label ?? '',
      },
    })
  }
}

const imageName = (tag: string): string => tag.trim()

/** Reports images that are built, and the later docker command that needs one which nobody kept. */
export const emitImageBuilds = (steps: readonly Step[], sink: Sink): void => {
  for (const [index, step] of steps.entries()) {
    if (!usesAction(step.uses, 'docker/build-push-action')) continue
    const tags = (inputOf(step.inputs, 'tags') ?? '')
      .split(/[\n,]/)
      .map(imageName)
      .filter((tag) => tag !== '')
    const push = inputOf(step.inputs, 'push') ?? 'false'
    const load = inputOf(step.inputs, 'load') ?? 'false'
    const outputs = inputOf(step.inputs, 'outputs') ?? ''
    // Without a buildx builder of its own, docker's builder keeps every image.
    const builder = steps
      .slice(0, index)
      .some(
        ({ uses, inputs }) => usesAction(uses, 'docker/setup-buildx-action') && inputOf(inputs, 'driver') !== 'docker',
      )
    const user = steps
      .slice(index + 1)
      .flatMap(({ commands }) => commands)
      .map(({ words }) => programWords(words))
      .find(
        (words) =>
          words[0] === 'docker' &&
          ['run', 'push', 'tag', 'save', 'inspect', 'create'].includes(words[1] ?? '') &&
          words.some((word) => tags.includes(word)),
      )
    sink.fact({
      kind: 'workflows.image-build',
      subject: step.subject,
      place: step.at('uses'),
      places: inputOf(step.inputs, 'push') === undefined ? {} : { push: step.atInput('push') },
      value: {
        tags,
        kept: push !== 'false' || load !== 'false' || outputs !== '' || !builder,
        usedBy: user === undefined ? '' : user.slice(0, 2).join(' '),
      },
    })
  }
}

const emitImage = (holder: unknown, subject: string, place: Place, sink: Sink): void => {
  const map = asMapping(holder)
  const image = asString(holder) ?? asString(map?.['image'])
  if (image === undefined || image === '') return
  const password = asString(asMapping(map?.['credentials'])?.['password'])
  sink.fact({
    kind: 'workflows.image',
    subject,
    place,
    value: {
      image,
      pinned: /@sha256:[0-9a-f]{64}$/.test(image) || image.includes('${{'),
      literalPassword: password !== undefined && password !== '' && !password.includes('${{'),
    },
  })
}

/** Reports the images that a job runs in and beside. */
export const emitImages = (document: YamlDocument, job: Mapping, subject: string, sink: Sink): void => {
  emitImage(job['container'], `${subject} container`, document.at(job, 'container'), sink)
  const services = asMapping(job['services']) ?? {}
  for (const [name, service] of Object.entries(services))
    emitImage(service, `${subject} service ${name}`, document.at(services, name), sink)
}

/** The labels of `runs-on`: a string, a list, or a group's labels. */
export const runnerLabels = (job: Mapping): string[] => {
  const value = asMapping(job['runs-on'])?.['labels'] ?? job['runs-on']
  return typeof value === 'string' ? [value] : (asList(value) ?? []).flatMap((item) => asString(item) ?? [])
}
