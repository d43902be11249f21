import type { FactValue } from '../../core/facts/index.ts'
import type { Place } from '../../core/facts/place.ts'
import { resolve } from '../compose/interpolation.ts'
import type { Sink } from '../collector.ts'
import { baseOf, isBelow } from '../tree-path.ts'
import type { Program } from './program.ts'
import type { Programs } from './programs.ts'
import type { Reading } from './reading.ts'
import { profileOfFile, springKeys } from './spring-config.ts'

type Value = FactValue<'source.profile'>
type State = Pick<Value, 'state' | 'near' | 'wanted' | 'because'>

/** Whether one of two names is a short form of the other: prod and production, dev and development. */
const isShortFor = (a: string, b: string): boolean =>
  a !== b && Math.min(a.length, b.length) >= 3 && (a.startsWith(b) || b.startsWith(a))

const springProfile = (program: Program, name: string): State => {
  const files = program.springFiles
  const wanted = `application-${name}.yml`
  const known = (why: string): State => ({ state: 'unknown', near: '', wanted, because: why })
  if (files.length === 0) return known('no configuration of Spring Boot is seen')
  if (files.some(({ path }) => profileOfFile(path) === name)) return { state: 'exists', near: '', wanted, because: '' }
  const keys = springKeys(program)
  const inFile = keys.some(
    ({ key, value }) =>
      (/^spring\.(?:config\.activate\.on-profile|profiles)$/.test(key) && value.split(/[\s,&|()!]+/).includes(name)) ||
      key.startsWith(`spring.profiles.group.${name}`),
  )
  const inCode = program.source.some(({ text }) => text.includes('Profile') && text.includes(`"${name}"`))
  if (inFile || inCode) return { state: 'exists', near: '', wanted, because: '' }
  if (
    /spring-cloud-(?:starter-)?(?:config|kubernetes|consul)/.test(program.libraries) ||
    keys.some(({ key }) => key.startsWith('spring.config.import'))
  )
    return known('its configuration comes from a server')
  const near = files.find(({ path }) => isShortFor(profileOfFile(path), name))
  return { state: 'missing', near: near?.path ?? '', wanted, because: '' }
}

const djangoSettings = (program: Program, name: string): State => {
  const wanted = `${name.replaceAll('.', '/')}.py`
  const paths = program.paths.below('')
  const ends = [wanted, wanted.replace(/\.py$/, '/__init__.py')]
  const found = paths.some((path) => ends.some((end) => path === end || path.endsWith(`/${end}`)))
  const own = name.split('.')[0] ?? ''
  // Settings of an installed package are nobody's file here.
  const kept = paths.some(
    (path) => isBelow(path, program.home) && path.endsWith('.py') && path.split('/').includes(own),
  )
  if (found || !kept)
    return { state: found ? 'exists' : 'unknown', near: '', wanted, because: found ? '' : `no package ${own} is seen` }
  const folder = `${baseOf(wanted.slice(0, wanted.lastIndexOf('/')))}/`
  const near = paths.find((path) => path.includes(`/${folder}`) && isShortFor(baseOf(path), baseOf(wanted)))
  return { state: 'missing', near: near ?? '', wanted, because: '' }
}

const railsEnvironment = (program: Program, name: string): State => {
  const wanted = `config/environments/${name}.rb`
  const files = program.paths.below('').filter((path) => /(?:^|\/)config\/environments\/[^/]+\.rb$/.test(path))
  if (files.length === 0) return { state: 'unknown', near: '', wanted, because: 'no environments of Rails are seen' }
  const found = files.some((path) => path === wanted || path.endsWith(`/${wanted}`))
  const near = files.find((path) => isShortFor(baseOf(path).replace('.rb', ''), name))
  return { state: found ? 'exists' : 'missing', near: found ? '' : (near ?? ''), wanted, because: '' }
}

const settings: Record<string, (program: Program, name: string) => State> = {
  SPRING_PROFILES_ACTIVE: springProfile,
  DJANGO_SETTINGS_MODULE: djangoSettings,
  RAILS_ENV: railsEnvironment,
}

/** Joins the configuration that deployments select by name with the files that the program has. */
export const relateProfiles = (reading: Reading, programs: Programs, sink: Sink): Map<Program, Set<string>> => {
  const selected = new Map<Program, Set<string>>()
  const add = (program: Program, setting: string, text: string, place: Place, subject: string): void => {
    const judge = settings[setting]
    const { text: value, computed } = resolve(text)
    if (judge === undefined || value.trim() === '') return
    for (const name of setting === 'SPRING_PROFILES_ACTIVE'
      ? value.split(',').map((one) => one.trim())
      : [value.trim()]) {
      const plain = /^[\w.-]+$/.test(name) && !computed && name !== 'default'
      if (!plain) continue
      selected.set(program, (selected.get(program) ?? new Set()).add(name))
      sink.fact({ kind: 'source.profile', subject, place, value: { setting, name, ...judge(program, name) } })
    }
  }
  for (const deployed of reading.deployed) {
    const wanted = deployed.variables.filter(({ name, value }) => Object.hasOwn(settings, name) && value !== undefined)
    const program = wanted.length === 0 ? undefined : programs.of(deployed)
    if (program === undefined) continue
    for (const { name, value, place } of wanted) add(program, name, value ?? '', place, deployed.subject)
  }
  for (const file of reading.builds.values())
    for (const [name, { value, line }] of file.environment) {
      const program = Object.hasOwn(settings, name) ? programs.ofBuildFile(file) : undefined
      if (program !== undefined) add(program, name, value, { path: file.path, line, column: 1 }, 'image')
    }
  return selected
}
