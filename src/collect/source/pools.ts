import { resolve } from '../compose/interpolation.ts'
import type { Deployed } from './deployed.ts'
import type { Language } from './languages.ts'
import { lineAt } from './paths.ts'
import type { Program } from './program.ts'
import { springKeys } from './spring-config.ts'

/** How many connections one process of a program may open, and where that is written, as path:line. */
export interface Pool {
  size: number
  at: string
}

const number = /^\d{1,5}$/
const hikari = /^spring\.datasource\.hikari\.maximum-?pool-?size$/i
const variable =
  /^(?:SPRING_DATASOURCE_HIKARI_MAXIMUM_?POOL_?SIZE|(?:DB|DATABASE|POSTGRES|PG|SQLALCHEMY)_(?:POOL_SIZE|POOL_MAX|POOL_MAX_SIZE|MAX_POOL_SIZE|MAX_OPEN_CONN(?:ECTION)?S|CONNECTION_LIMIT))$/
const inUrl = /[?&](?:connection_limit|pool_max_conns)=(\d{1,5})\b/

/** What source code sets as the most connections of a pool; the groups are added up. */
const inCode: Partial<Record<Language, readonly RegExp[]>> = {
  go: [/\.SetMaxOpenConns\(\s{0,9}(\d{1,5})\s{0,9}\)/g, /\b\w{1,40}\.MaxConns\s{0,4}=\s{0,4}(\d{1,5})\b/g],
  javascript: [
    /\bnew (?:pg\.)?Pool\(\s{0,9}\{[^{}]{0,600}?\bmax\s{0,4}:\s{0,4}(\d{1,5})\b/g,
    /\bpool\s{0,4}:\s{0,4}\{[^{}]{0,300}?\bmax\s{0,4}:\s{0,4}(\d{1,5})\b/g,
  ],
  python: [
    /\bcreate_(?:async_)?engine\([^()]{0,600}?\bpool_size\s{0,4}=\s{0,4}(\d{1,5})\b(?:[^()]{0,300}?\bmax_overflow\s{0,4}=\s{0,4}(\d{1,5})\b)?/g,
  ],
}

const codePools = (program: Program): Pool[] =>
  program.source.flatMap(({ path, text, language, test }) =>
    test || language === undefined || !/SetMaxOpenConns|MaxConns|pool/i.test(text)
      ? []
      : (inCode[language] ?? []).flatMap((pattern) =>
          [...text.matchAll(pattern)].map((match) => ({
            size: Number(match[1]) + Number(match[2] ?? 0),
            at: `${path}:${lineAt(text, match.index)}`,
          })),
        ),
  )

/** The value of a variable that a deployment file gives; undefined where it is not a plain number. */
const given = (deployed: Deployed, name: string): Pool | undefined => {
  const found = deployed.variables.find((one) => one.name === name)
  const { text, computed } = resolve(found?.value ?? '')
  return found === undefined || computed || !number.test(text)
    ? undefined
    : { size: Number(text), at: `${found.place.path}:${found.place.line}` }
}

/** What Spring Boot takes for the pool: of the profiles that are selected the last, else of the file that always counts. */
const springPool = (program: Program, deployed: Deployed): Pool | undefined => {
  const named = deployed.variables.find(({ name }) => name === 'SPRING_PROFILES_ACTIVE')?.value
  const selected = named ?? program.file.environment.get('SPRING_PROFILES_ACTIVE')?.value ?? ''
  const profiles = resolve(selected)
    .text.split(',')
    .map((one) => one.trim())
  const keys = springKeys(program).filter(({ key }) => hikari.test(key))
  const key = [...profiles.toReversed(), '']
    .map((profile) => keys.find((one) => one.profile === profile))
    .find((one) => one !== undefined)
  if (key === undefined) return undefined
  const at = `${key.path}:${key.line}`
  if (number.test(key.value)) return { size: Number(key.value), at }
  const [, name, fallback] = /^\$\{(\w{1,100})(?::(\d{1,5}))?\}$/.exec(key.value) ?? []
  if (name === undefined) return undefined
  const set = deployed.variables.some((one) => one.name === name)
  if (set || deployed.openEnvironment) return given(deployed, name)
  return fallback === undefined ? undefined : { size: Number(fallback), at }
}

/**
 * The largest pool that a program is known to have, as one container of it runs. A program may have more than one, so that
 * it is the least that its processes open under load; undefined where nothing says how many.
 */
export const poolOf = (program: Program, deployed: Deployed): Pool | undefined => {
  for (const { name, value, place } of deployed.variables) {
    if (variable.test(name) && (name.startsWith('SPRING') || program.words.has(name))) {
      const pool = given(deployed, name)
      if (pool !== undefined) return pool
    }
    const limit = inUrl.exec(value ?? '')?.[1]
    if (limit !== undefined) return { size: Number(limit), at: `${place.path}:${place.line}` }
  }
  const spring = springPool(program, deployed)
  if (spring !== undefined) return spring
  const pools = program.once('pools', () => codePools(program))
  return pools.reduce<Pool | undefined>(
    (most, one) => (most === undefined || one.size > most.size ? one : most),
    undefined,
  )
}
