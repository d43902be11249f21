import type { Sink, TextFile } from '../collector.ts'
import { asMapping, asString, asStrings, asText, defined, type Mapping } from '../shape.ts'
import type { Tree } from '../tree.ts'
import type { YamlDocument } from '../yaml/yaml-file.ts'
import { emitCalls } from './calls.ts'
import * as facts from './job-facts.ts'
import { readPermissions, type Permissions } from './permissions.ts'
import { retiredRunner } from './retired.ts'
import { emitCondition, emitInsecureEnv, emitStep, emitUses, envOver, type PlacedScan } from './step-facts.ts'
import { flagOf, readSteps, runDefaults, type RunDefaults, type Step } from './step.ts'
import { isPrivileged, onlyPullRequests, withPullRequest } from './triggers.ts'
import { parseUses } from './uses.ts'

/** What a job takes from its workflow. */
export interface JobScope {
  file: TextFile
  document: YamlDocument
  sink: Sink
  tree: Tree
  triggers: readonly string[]
  freeText: ReadonlySet<string>
  permissions: Permissions
  env: Readonly<Record<string, string>>
  defaults: RunDefaults
  concurrency: boolean
  ids: ReadonlySet<string>
}

const environmentOf = (job: Mapping): string | undefined =>
  asText(job['environment']) ?? asText(asMapping(job['environment'])?.['name'])

/** What a test job deploys, and what pull requests alone start, is thrown away, and not what users have. */
const isPreview = (scope: JobScope, id: string, condition: string): boolean =>
  /(^|[-_])(e2e|tests?|integration)([-_]|$)/i.test(id) ||
  onlyPullRequests(scope.triggers) ||
  /event_name\s*==\s*'pull_request/.test(condition)

/** `always()` and `!cancelled()` take the place of the success that is asked for otherwise, unless results are looked at. */
const ignoresFailures = (condition: string): boolean =>
  /always\(\)|!\s*cancelled\(\)|failure\(\)/.test(condition) && !/needs\.|success\(\)|!\s*failure\(\)/.test(condition)

/** A job as it was read, for what joins workflows with other files. */
export interface ReadJob {
  path: string
  id: string
  subject: string
  value: Mapping
  document: YamlDocument
  steps: readonly Step[]
  /** Literal `env` of the workflow and the job, by names in lower case. */
  env: Readonly<Record<string, string>>
}

const jobsByTree = new WeakMap<Tree, ReadJob[]>()

/** Every job of the tree's workflows that has been read. */
export const jobsOf = (tree: Tree): readonly ReadJob[] => jobsByTree.get(tree) ?? []

const remember = (tree: Tree, job: ReadJob): void => {
  const known = jobsByTree.get(tree)
  if (known === undefined) jobsByTree.set(tree, [job])
  else known.push(job)
}

/** Reads one job and reports everything about it. */
export const emitJob = (scope: JobScope, jobs: Mapping, id: string, job: Mapping): void => {
  const { file, document, sink, tree, triggers } = scope
  const subject = `job ${id}`
  const at = (key: string): ReturnType<YamlDocument['at']> => document.at(job, key)
  const labels = facts.runnerLabels(job)
  const own = runDefaults(job, scope.defaults)
  const windows = own.shell === undefined && labels.some((label) => label.startsWith('windows'))
  const defaults = windows ? { ...own, shell: 'pwsh' } : own
  const steps = readSteps(file, document, job['steps'], subject, defaults, sink)
  const env = asMapping(job['env']) ?? {}
  const condition = asText(job['if'])
  const permissions =
    job['permissions'] === undefined || job['permissions'] === null
      ? scope.permissions
      : readPermissions(job['permissions'])
  remember(tree, { path: file.path, id, subject, value: job, document, steps, env: envOver(scope.env, env) })
  const stepScope = {
    privileged: triggers.some(isPrivileged),
    freeText: scope.freeText,
    env: envOver(scope.env, env),
    jobContinues: flagOf(job['continue-on-error']) === 'yes',
    text: JSON.stringify(job),
  }
  const deployment = isPreview(scope, id, condition ?? '') ? undefined : facts.findDeployment(steps, id)
  const scans: PlacedScan[] = []
  let tests = false
  let testedBefore = false
  let scannedBefore = false
  for (const [index, step] of steps.entries()) {
    if (index === deployment?.index) {
      testedBefore = tests
      scannedBefore = scans.length > 0
    }
    const checks = emitStep(step, stepScope, sink, (name) => document.at(step.env, name))
    tests ||= checks.tests
    scans.push(...checks.scans)
  }
  facts.emitScans(scans, sink)
  facts.emitCheckouts(steps, withPullRequest(triggers), condition, sink)
  // A workflow that is only called has its caller's rights where it declares none.
  if (permissions.declared || triggers.some((trigger) => trigger !== 'workflow_call'))
    facts.emitSarif(steps, id, permissions, sink)
  facts.emitImageBuilds(steps, sink)
  facts.emitImages(document, job, subject, sink)
  if (deployment !== undefined) facts.emitNotifications(steps, deployment.index, sink)
  emitCalls(steps, tree, sink)
  emitCondition(condition, subject, at('if'), sink)
  emitInsecureEnv(env, subject, (name) => document.at(env, name), sink)
  const text = asString(job['uses'])
  const calls = text === undefined ? undefined : parseUses(text)
  if (calls !== undefined) emitUses(calls, subject, at('uses'), sink)
  const old = labels.flatMap((label) => {
    const retirement = retiredRunner(label)
    return retirement === undefined ? [] : [{ label, ...retirement }]
  })[0]
  const needs = asStrings(job['needs'])
  sink.fact({
    kind: 'workflows.job',
    subject,
    place: document.at(jobs, id),
    places: defined({
      condition: condition === undefined ? undefined : at('if'),
      runner: job['runs-on'] === undefined ? undefined : at('runs-on'),
      needs: job['needs'] === undefined ? undefined : at('needs'),
      uses: calls === undefined ? undefined : at('uses'),
      secrets: job['secrets'] === undefined ? undefined : at('secrets'),
      permissions: job['permissions'] === undefined ? undefined : at('permissions'),
      deployment: deployment?.place,
    }),
    value: defined({
      id,
      needs,
      unknownNeeds: needs.filter((name) => !scope.ids.has(name) && !name.includes('${{')),
      runsAnyway: ignoresFailures(condition ?? ''),
      triggers: [...triggers],
      calls: calls?.text,
      environment: environmentOf(job),
      concurrency: scope.concurrency || job['concurrency'] !== undefined,
      timeout: job['timeout-minutes'] !== undefined,
      selfHosted: labels.includes('self-hosted'),
      retiredRunner: old,
      permissions,
      tests,
      scans: scans.length > 0,
      deploys: deployment !== undefined,
      deployedBy: deployment?.by ?? '',
      testedFirst: testedBefore ? 'yes' : 'no',
      scannedFirst: scannedBefore ? 'yes' : 'no',
      verified: deployment !== undefined && facts.isVerified(steps, deployment.index),
      rollsBack: facts.hasRollback(steps),
      inheritsSecrets: job['secrets'] === 'inherit',
      callsElsewhere: calls?.source === 'repository',
    }),
  })
}
