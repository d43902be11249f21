import type { Sink } from '../collector.ts'
import type { Deployed } from './deployed.ts'
import { lineAt } from './paths.ts'
import type { Program } from './program.ts'
import type { ProgramText } from './reading.ts'
import { profileOfFile, springKeysOf } from './spring-config.ts'

/** Reads at the top of a module, which end the program where the variable is not set. Those in functions may never run. */
const moduleRead = /^\w+(?:\s*:\s*\w+)?\s*=\s*(?:\w+\(\s*)?os\.environ\[\s*["'](\w{1,100})["']\s*\]/gm

/** A placeholder of Spring Boot without a default. */
const placeholder = /\$\{([A-Z][A-Z0-9_]{1,100})\}/g

// What is run by hand, and is not the service.
const aside = /(?:^|\/)(?:scripts?|tools?|bin|migrations?|alembic|examples?|seeds?|tasks?|hack)\//

interface Read {
  name: string
  path: string
  line: number
  /** Why it may do without. */
  why: string
}

const pythonReads = ({ text, path }: ProgramText): Read[] => {
  if (!text.includes('os.environ[') || aside.test(path)) return []
  return [...text.matchAll(moduleRead)].map((match) => {
    const [, name = ''] = match
    const given = text.includes(`"${name}" in os.environ`) || text.includes(`'${name}' in os.environ`)
    const why = given || text.includes('load_dotenv') ? 'the source may set it itself' : ''
    return { name, path, line: lineAt(text, match.index), why }
  })
}

const springReads = (file: ProgramText): Read[] =>
  profileOfFile(file.path) !== '' || !file.path.includes('src/main/resources/')
    ? []
    : springKeysOf(file).flatMap(({ value, path, line }) =>
        [...value.matchAll(placeholder)].map(([, name = '']) => ({ name, path, line, why: '' })),
      )

const readsOf = (program: Program): Read[] => {
  const python = program.source.filter(({ language }) => language === 'python').flatMap(pythonReads)
  const spring = program.find(/@SpringBootApplication/) === undefined ? [] : program.springFiles.flatMap(springReads)
  const remote = /spring-cloud-(?:starter-)?(?:config|kubernetes|vault|consul)/.test(program.libraries)
  const readAll = [
    ...python,
    ...spring.map((read) => (remote ? { ...read, why: 'its configuration comes from a server' } : read)),
  ]
  return [...new Map(readAll.map((read) => [read.name, read])).values()]
}

const known = new WeakMap<Program, Read[]>()

/** Emits a fact for each variable that the program cannot start without, for one container that runs it. */
export const neededVariables = (program: Program, deployed: Deployed, sink: Sink): void => {
  const reads = known.get(program) ?? readsOf(program)
  known.set(program, reads)
  const set = new Set(deployed.variables.map(({ name }) => name))
  for (const { name, path, line, why } of reads) {
    const { environment, commands } = program.file
    const given = set.has(name) || environment.has(name) || commands.includes(name) || deployed.rest.includes(name)
    const because = deployed.openEnvironment ? 'its variables come from a file or an object as a whole' : why
    sink.fact({
      kind: 'source.needed-variable',
      subject: deployed.subject,
      place: deployed.place,
      value: {
        name,
        by: deployed.by,
        folder: program.home,
        readAt: `${path}:${line}`,
        set: given ? 'yes' : because === '' ? 'no' : 'unknown',
        because: given ? '' : because,
      },
    })
  }
}
