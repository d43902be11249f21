import type { Fact, FactValue } from '../../core/facts/index.ts'
import { startOf } from '../../core/facts/place.ts'
import type { Collected, Sink } from '../collector.ts'
import type { Tree } from '../tree.ts'
import { makefilesOf } from './makefiles.ts'

type Job = Fact<'workflows.job'>

const otherSystems: readonly [RegExp, string][] = [
  [/^\.gitlab-ci\.ya?ml$/, 'GitLab CI'],
  [/(^|\/)Jenkinsfile(\.[\w-]+)?$/, 'Jenkins'],
  [/^\.circleci\/config\.ya?ml$/, 'CircleCI'],
  [/^(\.azure|\.azure-pipelines)\/.+\.ya?ml$|^azure-pipelines[\w.-]*\.ya?ml$/, 'Azure Pipelines'],
  [/^\.buildkite\/.+\.(ya?ml|json)$/, 'Buildkite'],
  [/^bitbucket-pipelines\.ya?ml$/, 'Bitbucket Pipelines'],
  [/^\.drone\.(ya?ml|star|jsonnet)$/, 'Drone'],
  [/^\.travis\.yml$/, 'Travis CI'],
  [/^\.woodpecker(\/.+)?\.ya?ml$|^\.woodpecker\/.+\.ya?ml$/, 'Woodpecker'],
  [/^(appveyor|\.appveyor)\.yml$/, 'AppVeyor'],
  [/^\.cirrus\.ya?ml$/, 'Cirrus CI'],
  [/^\.tekton\/.+\.ya?ml$/, 'Tekton'],
  [/^\.forgejo\/workflows\/.+\.ya?ml$|^\.gitea\/workflows\/.+\.ya?ml$/, 'Forgejo Actions'],
  [/^\.teamcity\/.+/, 'TeamCity'],
  [/^cloudbuild\.(ya?ml|json)$/, 'Cloud Build'],
  [/^\.prow(?:\.ya?ml|\/.+\.ya?ml)$/, 'Prow'],
  [/^buildspec\.ya?ml$/, 'CodeBuild'],
]

const systemsIn = (tree: Tree): string[] => {
  const found = new Set<string>()
  for (const { path } of tree.files) for (const [pattern, name] of otherSystems) if (pattern.test(path)) found.add(name)
  return [...found].sort()
}

/** Jobs of one workflow by id, and everything that a job waits for. */
const ancestorsOf = (job: Job, jobs: ReadonlyMap<string, Job>): Job[] => {
  const seen = new Set<string>()
  const open = [...job.value.needs]
  const found: Job[] = []
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const needed = jobs.get(id)
    if (seen.has(id) || needed === undefined) continue
    seen.add(id)
    found.push(needed)
    open.push(...needed.value.needs)
  }
  return found
}

/** All jobs, by their workflow's path. */
const byWorkflow = (jobs: readonly Job[]): Map<string, Map<string, Job>> => {
  const files = new Map<string, Map<string, Job>>()
  for (const job of jobs) {
    const own = files.get(job.place.path) ?? new Map<string, Job>()
    own.set(job.value.id, job)
    files.set(job.place.path, own)
  }
  return files
}

type Quality = 'tests' | 'scans'

/** Whether a job does it, or is a local reusable workflow of which a job does. */
const does = (job: Job, quality: Quality, files: ReadonlyMap<string, ReadonlyMap<string, Job>>): boolean => {
  if (job.value[quality]) return true
  const called = job.value.calls?.startsWith('./') === true ? files.get(job.value.calls.slice(2)) : undefined
  return called !== undefined && [...called.values()].some((inner) => inner.value[quality])
}

const decide = (
  job: Job,
  quality: Quality,
  own: string,
  files: ReadonlyMap<string, ReadonlyMap<string, Job>>,
  jobs: readonly Job[],
): string => {
  if (own === 'yes') return 'yes'
  const before = ancestorsOf(job, files.get(job.place.path) ?? new Map())
  if (before.some((needed) => does(needed, quality, files))) return 'yes'
  // Another repository's workflow, the caller of this one, or the run that it waits for may do it.
  const { triggers } = job.value
  if (before.some((needed) => needed.value.callsElsewhere)) return 'unknown'
  if (triggers.includes('workflow_run') || triggers.every((trigger) => trigger === 'workflow_call')) return 'unknown'
  const elsewhere = jobs.some(
    (other) =>
      other.place.path !== job.place.path && other.value[quality] && other.value.triggers.includes('pull_request'),
  )
  return elsewhere ? 'unknown' : 'no'
}

/** Who waits directly for each job of a workflow. */
const waitersOf = (jobs: ReadonlyMap<string, Job>): Map<string, Job[]> => {
  const waiters = new Map<string, Job[]>()
  for (const job of jobs.values())
    for (const id of job.value.needs) {
      const list = waiters.get(id)
      if (list === undefined) waiters.set(id, [job])
      else list.push(job)
    }
  return waiters
}

const verifiedLater = (job: Job, waiters: ReadonlyMap<string, readonly Job[]>): boolean => {
  const seen = new Set<Job>()
  const open = [...(waiters.get(job.value.id) ?? [])]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue
    if (next.value.tests || /smoke|health|verify|e2e|test/i.test(next.value.id)) return true
    seen.add(next)
    open.push(...(waiters.get(next.value.id) ?? []))
  }
  return false
}

/** Fills in whether a makefile of the folder has the target. */
const judgeTarget = (call: FactValue<'workflows.call'>, { tree }: Collected): void => {
  const makefile = makefilesOf(tree).get(call.path)
  if (makefile === undefined) call.because ||= 'there is no makefile that could be read in its folder'
  else if (
    makefile.targets.has(call.target) ||
    tree.has(call.path === '' ? call.target : `${call.path}/${call.target}`)
  )
    call.state = 'exists'
  else if (makefile.open) call.because = 'the makefile takes in others, or names targets by patterns'
  else call.state = 'missing'
}

/** Joins the workflows: what stands before and after each deployment, whatever file it is in, and the pipeline as one. */
export const relateWorkflows = (collected: Collected, sink: Sink): void => {
  const jobs = collected.of('workflows.job')
  const files = byWorkflow(jobs)
  const waiting = new Map([...files].map(([path, own]) => [path, waitersOf(own)]))
  const anyScan = jobs.some(({ value }) => value.scans)
  for (const job of jobs) {
    if (!job.value.deploys) continue
    job.value.testedFirst = decide(job, 'tests', job.value.testedFirst, files, jobs)
    job.value.scannedFirst = anyScan ? decide(job, 'scans', job.value.scannedFirst, files, jobs) : 'none'
    job.value.verified ||= verifiedLater(job, waiting.get(job.place.path) ?? new Map())
  }
  const packages = new Map(collected.of('workflows.npm-package').map(({ value }) => [value.directory, value.scripts]))
  for (const call of collected.of('workflows.call')) {
    if (call.value.kind === 'make-target') judgeTarget(call.value, collected)
    if (call.value.kind !== 'npm-script') continue
    const scripts = packages.get(call.value.path)
    if (scripts === undefined) call.value.because = 'there is no package.json that could be read in its folder'
    else call.value.state = scripts.includes(call.value.target) ? 'exists' : 'missing'
  }
  if (collected.tree.files.length === 0) return
  const others = systemsIn(collected.tree)
  const own = collected.of('workflows.workflow').length > 0
  sink.fact({
    kind: 'workflows.pipeline',
    subject: 'pipeline',
    place: startOf('.'),
    value: {
      systems: [...(own ? ['GitHub Actions'] : []), ...others],
      // Prow reads who may approve from OWNERS, and keeps its jobs in a repository of their own.
      keptElsewhere: collected.tree.has('OWNERS') ? 'Prow' : '',
      readable: others.length === 0 && !collected.tree.has('OWNERS'),
      tests: jobs.some((job) => job.value.tests),
      testsOnPullRequests: jobs.some(
        ({ value, place }) =>
          value.triggers.some((trigger) => ['pull_request', 'pull_request_target', 'merge_group'].includes(trigger)) &&
          does({ value, place } as Job, 'tests', files),
      ),
      scans: anyScan,
      deploys: jobs.some(({ value }) => value.deploys),
      callsElsewhere: jobs.some(({ value }) => value.callsElsewhere),
    },
  })
}
