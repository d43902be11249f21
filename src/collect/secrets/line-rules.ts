import { isPasswordName, isSecretName } from './key.ts'
import { entropy, isGap, isKnownDefault, isReference, looksReal } from './value.ts'

export type Language = 'shell' | 'config' | 'source' | 'script-source'

/** What one line says. `column` counts from 0. */
export interface LineFinding {
  form: 'literal' | 'fallback' | 'account' | 'remote-password' | 'connection-string'
  what: string
  value: string
  column: number
}

type LineRule = (line: string, language: Language) => LineFinding[]

const every = (
  pattern: RegExp,
  line: string,
  read: (match: RegExpExecArray) => LineFinding | undefined,
): LineFinding[] => {
  const found: LineFinding[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(line); match !== null; match = pattern.exec(line)) {
    const one = read(match)
    if (one !== undefined) found.push(one)
  }
  return found
}

/** A default is a secret that works: also `change-me`, as nobody is made to change it. */
const isWorkingDefault = (value: string): boolean =>
  value.length >= 3 &&
  !isReference(value) &&
  !/^(?:none|null|nil|undefined|true|false|n\/a)$/i.test(value) &&
  !/\s/.test(value)

const fallback = (match: RegExpExecArray): LineFinding | undefined => {
  const [, name = '', value = ''] = match
  if (!isSecretName(name) || !isWorkingDefault(value)) return undefined
  // OPENAI_API_KEY:demo opens nothing: the provider refuses it, or means it for trying out.
  if (/api[-_.]?key$/i.test(name) && /^(?:demo|test|none|dummy)$/i.test(value)) return undefined
  return { form: 'fallback', what: name, value, column: match.index }
}

// process.env.JWT_SECRET || 'change-me', import.meta.env['X'] ?? "y"
const scriptDefault =
  /(?:\benv|\benvironment|Deno\.env\.get)(?:\.|\[['"]|\(['"])([A-Za-z0-9_]{3,60})(?:['"]\]|['"]\))?\s{0,4}(?:\|\||\?\?)\s{0,4}['"`]([^'"`\n]{1,200})['"`]/g
// os.getenv("JWT_SECRET", "secret"), getEnv("DB_PASSWORD", "x"), viper.SetDefault("jwt.secret", "x"), ENV.fetch('K', 'x')
const callDefault =
  /\b[\w.]{0,40}(?:env|environ\.get|ENV\.fetch|setdefault|getOrDefault|getOr|config(?:\.get)?|getProperty|optional|stringvar)\w{0,20}\(\s{0,4}(?:&[\w.]{1,60}\s{0,4},\s{0,4})?['"]([A-Za-z0-9_.:-]{3,60})['"]\s{0,4},\s{0,4}(?:default\s{0,2}=\s{0,2})?['"]([^'"\n]{1,200})['"]/gi
// Spring's ${DB_PASSWORD:secret}, the shell's ${DB_PASSWORD:-secret}
const braceDefault = /\$\{([A-Za-z0-9_.-]{3,60}):(?:[-=])?([^${}\n]{1,200})\}/g
// zod, convict and their like: JWT_SECRET: z.string().min(8).default('change-me')
const schemaDefault =
  /\b([A-Za-z0-9_]{3,60})['"]?\s{0,4}[:=]\s{0,4}[\w.]{0,40}\([^'"\n]{0,80}\.default\(\s{0,4}['"]([^'"\n]{1,200})['"]/g

const defaults: LineRule = (line) => [
  ...every(scriptDefault, line, fallback),
  ...every(callDefault, line, fallback),
  ...every(braceDefault, line, fallback),
  ...every(schemaDefault, line, fallback),
]

const quoted =
  /([A-Za-z0-9_.-]{2,60})['"]?\s{0,8}(?::=|=>|=|:)\s{0,8}(?:\[\]byte\(|new String\(|b|r|f|String\.valueOf\()?(['"`])([^'"`\n]{3,200})\2/g

/** The last word of a name: `spring.datasource.password` and `dbPassword` end in `password`. */
const lastWord = (name: string): string => /[A-Z]?[a-z]+$|[A-Z]+$/.exec(name)?.[0]?.toLowerCase() ?? name.toLowerCase()

/** Whether a literal beside a secret's name is a secret. In script languages `password: 'password'` names a form field. */
const isLiteralSecret = (name: string, value: string, language: Language): boolean => {
  if (!isSecretName(name) || isReference(value) || /\s/.test(value) || /^[/.]/.test(value)) return false
  // SECRET = 'secret' is a name for itself: an enumeration.
  if (name === name.toUpperCase() && value.toLowerCase() === name.toLowerCase()) return false
  // ADMIN_PASSWORD: 'Grafana' names a product, in a table of whose password it is.
  if (language === 'script-source' && /^[A-Z][a-z]+(?:[A-Z][a-z]*)*$/.test(value)) return false
  if (isKnownDefault(value))
    return isPasswordName(name) && (language !== 'script-source' || value.toLowerCase() !== lastWord(name))
  // `your-secret-change-in-production` in code or configuration that runs is a secret that everybody knows.
  if (isGap(value))
    return (
      isPasswordName(name) &&
      /[-_]/.test(value) &&
      /chang|replace|secret|password/i.test(value) &&
      value.length >= 10 &&
      !/[<>]/.test(value)
    )
  if (!looksReal(value)) return false
  // A name in letters and dots is a key of something else: a translation, a header, a cookie.
  if (/^[A-Za-z]+(?:[._:/-][A-Za-z]+)*$/.test(value))
    return /pass(?:word|wd|phrase)|pwd/i.test(name) && language === 'config'
  return /pass|pwd/i.test(name) ? value.length >= 6 : value.length >= 10 && (/\d/.test(value) || entropy(value) > 3.2)
}

const literals: LineRule = (line, language) =>
  every(quoted, line, (match) => {
    const [, name = '', , value = ''] = match
    // A shell assignment has its own rule below; `==` compares.
    if (language === 'shell' || /[=!<>]=\s{0,8}['"`]/.test(match[0])) return undefined
    return isLiteralSecret(name, value, language)
      ? { form: 'literal', what: name, value, column: match.index }
      : undefined
  })

const plain =
  /^\s{0,40}(?:-\s)?['"]?([A-Za-z0-9_.-]{2,80})['"]?\s{0,8}[:=]\s{0,8}([^\s'"#|>&*{[][^\s#]{2,200})\s*(?:#.*)?$/

const configValues: LineRule = (line, language) => {
  const match = language === 'config' ? plain.exec(line) : null
  const [, name = '', value = ''] = match ?? []
  if (match === null || !isLiteralSecret(name, value, language)) return []
  return [{ form: 'literal', what: name, value, column: line.indexOf(name) }]
}

const shellValue =
  /(?:^|[\s;&(])(?:-e\s+|export\s+|local\s+|readonly\s+|declare\s+(?:-\w+\s+)?|--env[= ])?([A-Za-z_][A-Za-z0-9_]{2,60})=(['"]?)([^\s'";&|)]{3,200})\2(?=$|[\s;&|)\\])/g
const requestValue =
  /(?:-d|--data(?:-urlencode|-raw)?|-F|--form)\s+['"]?(?:[^'"\s]{0,200}&)?(password|client_secret)=([^'"\s&]{3,200})/g
const basicUser = /\bcurl\b[^\n]{0,300}?\s(?:-u|--user)\s+['"]?([\w.@-]{1,60}):([^\s'"]{3,200})/g
const flagValue =
  /\s(--?(?:password|admin-password|root-password|db-password|secret|api-key))[= ]['"]?([^\s'"-][^\s'"]{2,200})/g

const read = (match: RegExpExecArray, what: string, value: string): LineFinding | undefined =>
  isReference(value) || isGap(value) ? undefined : { form: 'literal', what, value, column: match.index }

const shell: LineRule = (line, language) => {
  if (language !== 'shell') return []
  return [
    ...every(shellValue, line, (match) => {
      const [, name = '', , value = ''] = match
      return isSecretName(name) && isPasswordName(name) && looksReal(value) ? read(match, name, value) : undefined
    }),
    ...every(requestValue, line, (match) => read(match, `${match[1] ?? ''} of a request`, match[2] ?? '')),
    ...every(basicUser, line, (match) => read(match, `password of ${match[1] ?? ''}`, match[2] ?? '')),
    ...every(flagValue, line, (match) => read(match, match[1] ?? '', match[2] ?? '')),
  ]
}

const sshpass = /\bsshpass\s+(?:-[ev]\s+)*-p\s*(['"]?)([^\s'"]{1,200})\1/g
const remote: LineRule = (line) =>
  every(sshpass, line, (match) => ({
    form: 'remote-password',
    what: 'sshpass -p',
    value: match[2] ?? '',
    column: match.index,
  }))

// Where no library has them: queues and caches.
const otherUrl = /\b(rediss?|amqps?):\/\/[^\s:/@'"]{0,100}:([^\s@/'"]{3,200})@([^\s/'":]{1,100})/g
const urls: LineRule = (line) =>
  every(otherUrl, line, (match) => {
    const [, scheme = '', value = ''] = match
    return isReference(value) || isGap(value)
      ? undefined
      : { form: 'connection-string', what: `${scheme} connection string with a password`, value, column: match.index }
  })

// Only what hashes passwords: `hash('orders')` makes a key of a cache.
const hashed =
  /\b(?:(?:bcrypt\w{0,10}|argon2?\w{0,4}|scrypt|[pP]ass\w{0,20}|\w{0,20}[hH]asher)(?:\(\))?\.(?:hash|hashSync|encode|hash_password)|hashSync|hashPassword|hash_password|generate_password_hash|make_password|GenerateFromPassword|hashpw|set_password|password_hash)\s{0,4}\(\s{0,4}(?:\[\]byte\(|b)?(['"`])([^'"`\n]{3,100})\1/g

/** A password that is hashed from a literal: an account that this code creates. */
const accounts: LineRule = (line) =>
  every(hashed, line, (match) =>
    isReference(match[2] ?? '') || /\s/.test(match[2] ?? '')
      ? undefined
      : { form: 'account', what: 'password of an account', value: match[2] ?? '', column: match.index },
  )

const all: readonly LineRule[] = [defaults, literals, configValues, shell, remote, urls, accounts]

/** Everything that one line gives away; each value once, as the first rule has it. */
export const findInLine = (line: string, language: Language): LineFinding[] => {
  const found = new Map<string, LineFinding>()
  for (const rule of all)
    for (const finding of rule(line, language)) if (!found.has(finding.value)) found.set(finding.value, finding)
  return [...found.values()]
}
