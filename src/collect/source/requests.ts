import type { Place } from '../../core/facts/place.ts'
import type { Sink } from '../collector.ts'
import type { Asked, Deployed } from './deployed.ts'
import { downstreamOf } from './downstream.ts'
import { askedPath } from './health-command.ts'
import type { Program } from './program.ts'
import type { Programs } from './programs.ts'
import type { Reading } from './reading.ts'
import { routeOf } from './routes.ts'
import { springAccess, type Access } from './spring-security.ts'

const accessOf = (program: Program, framework: string, path: string): Access =>
  framework === 'Spring Boot'
    ? program.once(`access ${path}`, () => springAccess(program, path))
    : { access: 'unknown', guard: '' }

const emit = (
  program: Program,
  asked: Asked,
  by: 'kubernetes' | 'compose' | 'dockerfile',
  subject: string,
  sink: Sink,
): void => {
  const route = routeOf(program, asked.path)
  if (asked.path === '/' || asked.path === '') return
  sink.fact({
    kind: 'source.request',
    subject,
    place: asked.place,
    value: {
      by,
      probe: asked.probe,
      path: asked.path,
      folder: program.home,
      ...route,
      ...accessOf(program, route.framework, asked.path),
      downstream:
        asked.probe === 'liveness'
          ? program.once(`downstream ${asked.path}`, () => downstreamOf(program, asked.path))
          : '',
    },
  })
}

/** Joins every path that a probe or a health check asks with the source of the program that is asked. */
export const relateRequests = (reading: Reading, programs: Programs, sink: Sink): void => {
  for (const deployed of reading.deployed) {
    if (deployed.asked.length === 0) continue
    const program = programs.of(deployed)
    if (program === undefined) continue
    for (const asked of deployed.asked) emit(program, asked, deployed.by, deployed.subject, sink)
  }
  for (const file of reading.builds.values()) {
    const path = askedPath(file.healthcheck?.command ?? '')
    if (file.healthcheck === undefined || path === undefined) continue
    const program = programs.ofBuildFile(file)
    const place: Place = { path: file.path, line: file.healthcheck.line, column: 1 }
    if (program !== undefined) emit(program, { probe: 'healthcheck', path, place }, 'dockerfile', 'healthcheck', sink)
  }
}

const placeOf = (at: string): Place => {
  const colon = at.lastIndexOf(':')
  return { path: at.slice(0, colon), line: Number(at.slice(colon + 1)), column: 1 }
}

/** Joins every path that Prometheus is told to scrape with the source of what is scraped. */
export const relateScrapes = (reading: Reading, programs: Programs, sink: Sink): void => {
  const byName = new Map<string, Deployed | 'several'>()
  for (const deployed of reading.deployed)
    for (const name of deployed.names) {
      const other = byName.get(name)
      const same = other === undefined || (other !== 'several' && programs.of(other) === programs.of(deployed))
      byName.set(name, same ? deployed : 'several')
    }
  const add = (
    program: Program,
    path: string,
    place: Place,
    subject: string,
    credentials: boolean,
    by: 'annotation' | 'prometheus',
  ): void => {
    const route = routeOf(program, path)
    const access = accessOf(program, route.framework, path)
    sink.fact({
      kind: 'source.scrape',
      subject,
      place,
      // The rule that wants the path open is repaired where it is closed.
      ...(access.guard === '' ? {} : { places: { guard: placeOf(access.guard) } }),
      value: {
        by,
        at: `${place.path}:${place.line}`,
        path,
        folder: program.home,
        credentials,
        ...route,
        ...access,
      },
    })
  }
  for (const deployed of reading.deployed) {
    const program = deployed.scrape === undefined ? undefined : programs.of(deployed)
    if (deployed.scrape === undefined || program === undefined) continue
    add(program, deployed.scrape.path, deployed.scrape.place, deployed.subject, false, 'annotation')
  }
  for (const { name, hosts, path, place, credentials } of reading.scrapes) {
    const found = new Set(hosts.map((host) => byName.get(host.split('.')[0] ?? '')))
    const [only] = found
    if (found.size !== 1 || only === undefined || only === 'several') continue
    const program = programs.of(only)
    if (program !== undefined) add(program, path, place, `job ${name}`, credentials, 'prometheus')
  }
}
