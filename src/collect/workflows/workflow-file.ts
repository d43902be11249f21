import type { Sink, TextFile } from '../collector.ts'
import { asMapping, asText } from '../shape.ts'
import type { Tree } from '../tree.ts'
import type { YamlDocument } from '../yaml/yaml-file.ts'
import { emitScans } from './job-facts.ts'
import { emitJob } from './job.ts'
import { readPermissions, sharedWrites, undeclared } from './permissions.ts'
import { emitInsecureEnv, emitStep, envOver } from './step-facts.ts'
import { readSteps, runDefaults } from './step.ts'
import { freeTextInputs, readTriggers } from './triggers.ts'

/** GitHub runs 256 jobs of a matrix at the most; no written workflow comes near. Bounds the walks through `needs`. */
const maxJobs = 300

/** Reads one workflow and reports its jobs and steps. */
export const emitWorkflow = (file: TextFile, document: YamlDocument, sink: Sink, tree: Tree): void => {
  const workflow = asMapping(document.value)
  if (workflow === undefined) {
    if (document.value !== null)
      sink.unjudged(document.at(), 'not-a-workflow', 'is not a map, so that it is no workflow')
    return
  }
  const jobs = asMapping(workflow['jobs'])
  if (jobs === undefined) return sink.unjudged(document.at(workflow), 'not-a-workflow', 'has no jobs')
  if (Object.keys(jobs).length > maxJobs)
    return sink.unjudged(document.at(workflow, 'jobs'), 'too-large', `has more than ${maxJobs} jobs`)
  const triggers = readTriggers(workflow)
  const permissions = 'permissions' in workflow ? readPermissions(workflow['permissions']) : undeclared
  const env = asMapping(workflow['env']) ?? {}
  const onDefaults = Object.entries(jobs).flatMap(([id, job]) =>
    permissions.declared || (asMapping(job)?.['permissions'] ?? undefined) !== undefined ? [] : [id],
  )
  const subject = `workflow ${file.path.slice(file.path.lastIndexOf('/') + 1)}`
  sink.fact({
    kind: 'workflows.workflow',
    subject,
    place: document.at(workflow, 'name' in workflow ? 'name' : 'on' in workflow ? 'on' : undefined),
    places: {
      ...('permissions' in workflow ? { permissions: document.at(workflow, 'permissions') } : {}),
      ...(onDefaults[0] === undefined ? {} : { job: document.at(jobs, onDefaults[0]) }),
      triggers: document.at(workflow, 'on' in workflow ? 'on' : undefined),
    },
    value: {
      name: asText(workflow['name']) ?? file.path,
      triggers,
      permissions,
      jobsOnDefaults: onDefaults,
      sharedWrites: sharedWrites(permissions),
    },
  })
  emitInsecureEnv(env, subject, (name) => document.at(env, name), sink)
  const scope = {
    file,
    document,
    sink,
    tree,
    triggers,
    freeText: freeTextInputs(workflow),
    permissions,
    env: envOver({}, env),
    defaults: runDefaults(workflow, {}),
    concurrency: workflow['concurrency'] !== undefined,
    ids: new Set(Object.keys(jobs)),
  }
  for (const [id, value] of Object.entries(jobs)) {
    const job = asMapping(value)
    if (job === undefined) sink.unjudged(document.at(jobs, id), 'not-a-job', `has a job ${id} that is no map`)
    else emitJob(scope, jobs, id, job)
  }
}

/** Reads a composite action's steps. Actions in JavaScript or Docker have none. */
export const emitCompositeAction = (file: TextFile, document: YamlDocument, sink: Sink): void => {
  const runs = asMapping(asMapping(document.value)?.['runs'])
  if (runs?.['using'] !== 'composite') return
  const steps = readSteps(file, document, runs['steps'], `action ${file.path}`, runDefaults({}, {}), sink)
  const scope = {
    privileged: false,
    freeText: new Set<string>(),
    env: {},
    jobContinues: false,
    text: JSON.stringify(runs),
  }
  const checks = steps.map((step) => emitStep(step, scope, sink, (name) => document.at(step.env, name)))
  emitScans(
    checks.flatMap(({ scans }) => scans),
    sink,
  )
}
