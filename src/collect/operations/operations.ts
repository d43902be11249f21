import { startOf } from '../../core/facts/place.ts'
import type { Collected, Collector, Sink, TextFile } from '../collector.ts'
import { isComposeName } from '../compose/recognise.ts'
import { isDockerfilePath } from '../docker/file-names.ts'
import { asMapping } from '../shape.ts'
import type { Tree } from '../tree.ts'
import { emitKeptDumps } from './kept-dumps.ts'
import { emitBackup, emitDatastores, noteMechanisms } from './backups.ts'
import { emitLoadCommands, emitProductionCommands, readDocument } from './documents.ts'
import { emitDumps, emitPipedPasswords, emitRestores } from './dumps.ts'
import { emitExternals, noteCreated } from './externals.ts'
import { emitShellLoadTest, mayBeLoadTest, readLoadTest } from './load-tests.ts'
import { emitBindSources, emitEnvironmentFiles } from './mounts.ts'
import { emitIncludes, readNginx } from './nginx.ts'
import { readingOf, type Reading } from './reading.ts'
import { emitRollouts } from './rollout.ts'
import { readScript } from './script.ts'
import { emitCounters, emitDeveloperPaths, emitScript, scriptNamesIn } from './scripts.ts'

const foreign = /(?:^|\/)(?:node_modules|vendor|third_party|testdata|fixtures|bower_components)\//
const shell = /\.(?:sh|bash)$/i
const yamlFile = /\.ya?ml$/i
const document = /\.(?:md|markdown)$/i
const clock = /(?:^|\/)(?:crontabs?(?:\/[^/]+|\.txt)?|cron(?:\.d)?\/[^/]+|[^/]+\.(?:cron|crontab|timer|service))$/i
const runner =
  /(?:^|\/)(?:Makefile|GNUmakefile|justfile|Taskfile\.ya?ml|package\.json|Procfile|Vagrantfile)$|\.(?:tf|mk)$|(?:^|\/)(?:ansible|playbooks?|roles)\/.+\.ya?ml$/i
const nginx = /\.conf(?:\.template)?$|(?:^|\/)nginx\/[^.]+$/i
/** A larger script or manifest is generated. Bytes. */
const maxSize = 1_000_000

const scheduled =
  /^\s{0,10}kind\s*:\s*["']?CronJob|^\s{0,6}-?\s*schedule\s*:|\bofelia\.|\bcrond?\b|supercronic|\bcrontab\b|job-exec\./m

const headerOf = (text: string): string =>
  text
    .slice(0, 2_000)
    .split('\n')
    .slice(0, 12)
    .filter((line) => line.startsWith('#'))
    .join('\n')

const readYaml = (file: TextFile, reading: Reading): void => {
  const { path, text } = file
  noteMechanisms(text, reading)
  if (scheduled.test(text)) reading.clocks.push(text)
  if (path.startsWith('.github/') || runner.test(path) || /ansible|\.gitlab-ci/.test(path)) {
    reading.runners.push(text)
    noteCreated(text, reading)
    reading.rollback ||= /roll-?_?back|rollout undo/i.test(text)
    return
  }
  if (!isComposeName(path) && !(/^services[ \t]*:/m.test(text) && !/^apiVersion[ \t]*:/m.test(text))) return
  for (const one of file.yaml('1.2').documents) {
    const root = asMapping(one.value)
    if (root !== undefined && asMapping(root['services']) !== undefined)
      reading.compose.push({ path, root, document: one, header: headerOf(text) })
  }
}

const collect = (file: TextFile, sink: Sink, tree: Tree): void => {
  const reading = readingOf(tree)
  const { path, text } = file
  if (document.test(path)) {
    noteCreated(text, reading)
    return readDocument(file, reading)
  }
  if (yamlFile.test(path)) return readYaml(file, reading)
  if (mayBeLoadTest(path)) return readLoadTest(file, sink)
  if (nginx.test(path) && !clock.test(path)) return readNginx(file, tree)
  noteMechanisms(text, reading)
  noteCreated(text, reading)
  reading.rollback ||= /roll-?_?back|rollout undo/i.test(text)
  if (clock.test(path)) reading.clocks.push(text)
  else if (shell.test(path)) reading.scripts.push(readScript(path, text))
  else {
    reading.runners.push(text)
    if (scheduled.test(text)) reading.clocks.push(text)
  }
}

const deploysBy = (collected: Collected): string => {
  if (collected.of('workflows.job').some(({ value }) => value.deploys)) return 'a workflow deploys it'
  if (collected.of('kubernetes.workload').some(({ value }) => value.longRunning)) return 'Kubernetes runs it'
  return collected.of('compose.file').some(({ value }) => value.purpose === 'production')
    ? 'there is a compose file for production'
    : ''
}

const relate = (collected: Collected, sink: Sink): void => {
  const reading = readingOf(collected.tree)
  const run = scriptNamesIn([...reading.runners, ...reading.clocks])
  for (const script of reading.scripts) {
    emitScript(script, run, sink)
    emitCounters(script, sink)
    emitDeveloperPaths(script, sink)
    emitRollouts(script, sink)
    emitShellLoadTest(script, sink)
    emitPipedPasswords(script, sink)
    const dumps = emitDumps(script, sink)
    emitRestores(script, dumps, sink)
    emitBackup(script, dumps, reading, collected, sink)
  }
  emitDatastores(reading, collected, sink)
  emitBindSources(reading, collected, sink)
  emitEnvironmentFiles(reading, collected, sink)
  emitExternals(reading, sink)
  emitIncludes(collected, sink)
  emitProductionCommands(reading, collected, sink)
  emitLoadCommands(reading, collected, sink)
  const deploys = deploysBy(collected)
  if (deploys !== '')
    sink.fact({
      kind: 'operations.practice',
      subject: 'operations',
      place: startOf('.'),
      value: { deploys, rollback: reading.rollback },
    })
}

/** How the system is run: scripts, schedules, backups, what compose files need beside them, and what documents tell people to do. */
export const operations: Collector = {
  topic: 'operations',
  claims: ({ path, size }) =>
    size <= maxSize &&
    !foreign.test(path) &&
    (yamlFile.test(path) ||
      shell.test(path) ||
      document.test(path) ||
      clock.test(path) ||
      runner.test(path) ||
      nginx.test(path) ||
      isDockerfilePath(path) ||
      mayBeLoadTest(path)),
  // Whose format it is says what could not be read; scripts in another encoding are the exception.
  recognises: (text) => /^#!.*sh\b/.test(text),
  collect,
  prepare: emitKeptDumps,
  relate,
}
