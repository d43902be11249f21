import type { Sink, TextFile } from '../collector.ts'
import { Lines } from '../lines.ts'
import { nameOf, runOf, type Script } from './script.ts'

const k6 = /from\s+["']k6(?:\/[\w/]+)?["']|require\(["']k6/
const thresholds = /\bthresholds\s*:/
const tools = new Set(['hey', 'ab', 'wrk', 'wrk2', 'vegeta', 'oha', 'bombardier', 'autocannon'])

/** Whether a path may be that of a load test for k6. */
export const mayBeLoadTest = (path: string): boolean =>
  /\.[cm]?[jt]s$/.test(path) &&
  /(?:^|[/._-])(?:k6|load|stress|perf|performance|soak|spike)(?:$|[/._-])|load-?tests?/i.test(path) &&
  !/node_modules\//.test(path)

/** Emits a script of k6. One that exports no test is a module of others. */
export const readLoadTest = (file: TextFile, sink: Sink): void => {
  if (!k6.test(file.text) || !/export\s+default|exports\.default/.test(file.text)) return
  const at = new Lines(file.text).at(Math.max(file.text.search(/export\s+(?:const|let)\s+options/), 0))
  sink.fact({
    kind: 'operations.load-test',
    subject: `k6 ${file.path}`,
    place: { path: file.path, ...at },
    value: { tool: 'k6', thresholds: thresholds.test(file.text) || /\bfail\(/.test(file.text) },
  })
}

/** Emits a shell script that runs a load generator, unless the results go through something that can fail. */
export const emitShellLoadTest = (script: Script, sink: Sink): void => {
  if (!/load|stress|perf/i.test(script.path)) return
  const step = script.steps.find(({ words }) => runOf(words, tools) !== undefined)
  if (step === undefined) return
  const compares = script.lines.some(
    (line) =>
      /\s-(?:gt|lt|ge|le)\s|\bbc\b.*[<>]|awk.*exit|\(\(.*[<>].*\)\)/.test(line) &&
      /p9|lat|rps|req|err|fail|ms|sec|rate|avg|mean/i.test(line),
  )
  const exits = script.steps.some(({ words }) => words.includes('exit') && words.includes('1'))
  sink.fact({
    kind: 'operations.load-test',
    subject: `script ${script.path}`,
    place: { path: script.path, line: step.line, column: 1 },
    value: { tool: nameOf(runOf(step.words, tools)?.[0] ?? ''), thresholds: compares && exits },
  })
}
