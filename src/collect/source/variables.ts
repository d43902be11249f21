import type { Sink } from '../collector.ts'
import type { Deployed } from './deployed.ts'
import { unknownReads } from './dynamic-reads.ts'
import { isReadElsewhere } from './known-variables.ts'
import { neededVariables } from './needed-variables.ts'
import type { Program } from './program.ts'
import type { Programs } from './programs.ts'
import type { Reading } from './reading.ts'
import { springKeys } from './spring-config.ts'

interface Knowledge {
  why: string | undefined
  /** Parts of words by which a name may be put together: `_HOST`, `DB_`. */
  pieces: string[]
  /** Spring Boot takes DB_HOST for db.host, dbHost and db-host. */
  relaxed: Set<string> | undefined
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

const relaxedNames = (program: Program): Set<string> | undefined => {
  if (program.find(/@SpringBootApplication/) === undefined) return undefined
  const names = new Set(springKeys(program).map(({ key }) => plain(key)))
  for (const value of program.words) names.add(plain(value))
  for (const text of program.texts)
    for (const [, name = ''] of text.text.matchAll(/\$\{([\w.-]{1,200})/g)) names.add(plain(name))
  return names
}

const piecesOf = (program: Program): string[] =>
  [...program.words].filter((one) => one.length > 2 && (/^_[A-Z]/.test(one) || /^[A-Z]\w*_$/.test(one)))

const knowledgeOf = (program: Program): Knowledge => ({
  why: unknownReads(program),
  pieces: program.set.once('pieces', () => piecesOf(program)),
  relaxed: program.set.once('relaxed', () => relaxedNames(program)),
})

const isUsedIn = (text: string, name: string): boolean =>
  text.includes(`$${name}`) || text.includes(`\${${name}`) || text.includes(`$(${name})`)

type Read = { read: 'yes' | 'no' | 'unknown'; because: string }

const readOf = (program: Program, knowledge: Knowledge, deployed: Deployed, name: string): Read => {
  const { words, file } = program
  const named =
    words.has(name) ||
    isUsedIn(file.commands, name) ||
    deployed.rest.includes(name) ||
    knowledge.relaxed?.has(plain(name)) === true
  if (named) return { read: 'yes', because: '' }
  if (knowledge.why !== undefined) return { read: 'unknown', because: knowledge.why }
  const piece = knowledge.pieces.find((one) => (one.startsWith('_') ? name.endsWith(one) : name.startsWith(one)))
  if (piece !== undefined)
    return { read: 'unknown', because: `a name with ${piece} in it is put together in the source` }
  if (knowledge.relaxed !== undefined && program.find(/@ConfigurationProperties/) !== undefined)
    return { read: 'unknown', because: 'classes of @ConfigurationProperties may take it' }
  return { read: 'no', because: '' }
}

/** Joins the variables that deployment files set with what the source of the program reads. */
export const relateVariables = (reading: Reading, programs: Programs, sink: Sink): void => {
  const known = new Map<Program, Knowledge>()
  for (const deployed of reading.deployed) {
    const program = programs.of(deployed)
    if (program === undefined) continue
    const knowledge = known.get(program) ?? knowledgeOf(program)
    known.set(program, knowledge)
    for (const { name, place } of deployed.variables) {
      if (isReadElsewhere(name)) continue
      sink.fact({
        kind: 'source.variable',
        subject: deployed.subject,
        place,
        value: { name, by: deployed.by, folder: program.home, ...readOf(program, knowledge, deployed, name) },
      })
    }
    neededVariables(program, deployed, sink)
  }
}
