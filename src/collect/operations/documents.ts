import type { Collected, Sink, TextFile } from '../collector.ts'
import { endsSome, resolveLink } from '../documents/references.ts'
import { readMarkdown } from '../documents/markdown.ts'
import { purposeOf } from '../compose/purpose.ts'
import type { Reading } from './reading.ts'

const composeUp = /\bdocker[ -]compose\b([^\n]{0,300}?)\bup\b/
const fileOption = /(?:^|\s)(?:-f|--file)(?:\s+|=)([\w./-]{1,200}\.ya?ml)/g
const loadTest =
  /(?:^|[\s;&|`$])(k6)\s+run\s+(?:--?[\w-]+(?:[= ][\w.:/=-]+)?\s+){0,6}?([\w./-]{1,200}\.(?:js|ts))|(?:^|\s)(artillery)\s+run\s+(?:--?[\w-]+\s+){0,4}?([\w./-]{1,200}\.(?:ya?ml|json|js|ts))|(?:^|\s)(locust)\s+(?:--?[\w-]+\s+){0,4}?-f\s+([\w./-]{1,200}\.py)|(?:^|\s)(jmeter)\s+(?:-n\s+)?-t\s+([\w./-]{1,200}\.jmx)/
const production = /\bprod(?:uction)?\b/i
const notProduction =
  /\b(?:local|dev|development|test|testing|staging|before|non-?production|not\b.*\bproduction|vs\.?|optional)\b/i
const undoes = /roll(?:ing|ed)?[\s-]?back|rollout undo|revert(?:ing)? (?:to|the) (?:previous|last|deploy|release)/i

/** Notes what a document says of how the system is started, tested and rolled back. */
export const readDocument = (file: TextFile, reading: Reading): void => {
  const { text, path } = file
  reading.rollback ||= undoes.test(text)
  const interesting = /\bup\b/.test(text) && /docker[ -]compose/.test(text)
  const tests = /\bk6 run|artillery run|locust |jmeter /.test(text)
  if (!interesting && !tests) return
  for (const line of readMarkdown(text)) {
    if (line.text.length > 1_000) continue
    const load = line.code || line.text.includes('`') ? loadTest.exec(line.text) : null
    if (load !== null) {
      const [, k6, k6File, artillery, artilleryFile, locust, locustFile, jmeter, jmeterFile] = load
      const tool = k6 ?? artillery ?? locust ?? jmeter ?? ''
      const target = k6File ?? artilleryFile ?? locustFile ?? jmeterFile ?? ''
      reading.loadCommands.push({ tool, file: target, place: { path, line: line.number, column: load.index + 1 } })
    }
    const up = line.code && !/^\s*#/.test(line.text) ? composeUp.exec(line.text) : null
    const asProduction = production.test(line.path) || /--env-file[ =]\S*prod/.test(line.text)
    if (up === null || !asProduction || notProduction.test(line.path)) continue
    const files = [...(up[1] ?? '').matchAll(fileOption)].map((match) => match[1] ?? '')
    // Several files are merged: the last one may take back what the first one has.
    if (files.length > 1) continue
    reading.productionCommands.push({
      file: files[0] ?? '',
      heading: line.section,
      place: { path, line: line.number, column: up.index + 1 },
    })
  }
}

const defaults = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml']
const saysDevelopment =
  /\b(?:for|in)\s+(?:the\s+)?(?:local\s+)?(?:development|dev|testing)\b|\blocal\s+development\b|\bdevelopment\s+(?:environment|setup|stack|only|compose)\b|\bnot\s+(?:intended\s+)?for\s+production\b|\bdo\s+not\s+use\s+in\s+production\b/i

/** Emits the commands that start production, with what the file that they start says of itself. */
export const emitProductionCommands = (reading: Reading, collected: Collected, sink: Sink): void => {
  const unsafe = collected.of('compose.setting').filter(({ value }) => value.about === 'mode' && value.unsafe)
  for (const { file, heading, place } of reading.productionCommands) {
    const wanted = file === '' ? defaults : [file]
    const candidates = new Set(wanted.flatMap((name) => [resolveLink(place.path, name), name.replace(/^\.\//, '')]))
    const source = reading.compose.find(({ path }) => candidates.has(path))
    if (source === undefined) continue
    const header = saysDevelopment.exec(source.header)?.[0] ?? ''
    const named = purposeOf(source.path) === 'development' ? source.path : ''
    sink.fact({
      kind: 'operations.production-command',
      subject: `command in ${heading}`,
      place,
      value: {
        file: source.path,
        heading,
        development: header === '' ? named : header,
        settings: unsafe.filter((one) => one.place.path === source.path).length,
      },
    })
  }
}

/** Emits the commands of documents that run load tests. */
export const emitLoadCommands = (reading: Reading, collected: Collected, sink: Sink): void => {
  for (const { tool, file, place } of reading.loadCommands) {
    if (/^\/|path\/to|your|my-|\$|<|example|^script\.(?:js|ts)$/i.test(file)) continue
    // `k6 run script.js` shows how k6 is used; a path, or a name that says what it is, means a file.
    if (!file.includes('/') && !/load|perf|stress|soak|spike/i.test(file)) continue
    if (/release|change-?log|history/i.test(place.path)) continue
    sink.fact({
      kind: 'operations.load-test-command',
      subject: `command ${tool} ${file}`,
      place,
      value: { tool, file, exists: endsSome(collected.tree, file) },
    })
  }
}
