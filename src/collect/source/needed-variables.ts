import type { Sink } from '../collector.ts'
import type { Deployed } from './deployed.ts'
import type { Language } from './languages.ts'
import { lineAt } from './paths.ts'
import type { Program } from './program.ts'

/** Reads that end the program where the variable is not set. */
const strict: Partial<Record<Language, RegExp>> = {
  python: /^[ \t]*\w+(?:\s*:\s*\w+)?\s*=\s*(?:\w+\(\s*)?os\.environ\[\s*["'](\w{1,100})["']\s*\]/gm,
  ruby: /ENV\.fetch\(\s*['"](\w{1,100})['"]\s*\)(?!\s*(?:\{|do\b|or\b|\|\|))/g,
  go: /\b(?:must\w*|require\w*)\((?:&?[\w.]{1,100},\s*)?"([A-Z][A-Z0-9_]{2,100})"\s*\)/g,
  rust: /env::var\(\s*"(\w{1,100})"\s*\)\s*\.(?:unwrap\(\)|expect\()/g,
}

// What is run by hand, and is not the service.
const aside = /(?:^|\/)(?:scripts?|tools?|bin|migrations?|alembic|examples?|seeds?|tasks?|hack)\//

/** Emits a fact for each variable that the program cannot start without, for one container that runs it. */
export const neededVariables = (program: Program, deployed: Deployed, sink: Sink): void => {
  const set = new Set(deployed.variables.map(({ name }) => name))
  const done = new Set<string>()
  for (const { text, path, language } of program.source) {
    const pattern = language === undefined || aside.test(path) ? undefined : strict[language]
    if (pattern === undefined) continue
    for (const match of text.matchAll(pattern)) {
      const [, name = ''] = match
      if (done.has(name)) continue
      done.add(name)
      const given =
        set.has(name) ||
        program.file.environment.has(name) ||
        program.file.commands.includes(name) ||
        deployed.rest.includes(name)
      const guarded = new RegExp(`["']${name}["'] (?:not )?in os\\.environ|load_dotenv`).test(text)
      const why = deployed.openEnvironment
        ? 'its variables come from a file or an object as a whole'
        : guarded || program.languages.length > 1
          ? 'it may be set or left out in the source'
          : ''
      sink.fact({
        kind: 'source.needed-variable',
        subject: deployed.subject,
        place: deployed.place,
        value: {
          name,
          by: deployed.by,
          folder: program.home,
          readAt: `${path}:${lineAt(text, match.index)}`,
          set: given ? 'yes' : why === '' ? 'no' : 'unknown',
          because: given ? '' : why,
        },
      })
    }
  }
}
