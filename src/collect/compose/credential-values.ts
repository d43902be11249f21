import { resolve } from './interpolation.ts'

export type Form = 'literal' | 'fallback' | 'reference' | 'file' | 'empty' | 'absent'

/** What a credential's value is like. The value itself goes no further. */
export interface Judged {
  form: Form
  guessable: boolean
}

const common = new Set(
  'admin administrator admin123 admin1234 password password1 password123 passw0rd p@ssw0rd pass pass123 secret secret123 root toor rootpassword rootpass test test123 guest default changeme change-me change_me changeit 123456 1234 12345678 123456789 qwerty letmein welcome minio minio123 minioadmin minioadmin123 postgres postgrespassword mysql mariadb mongo redis rabbitmq rabbit user username example dev development local demo foobar keycloak grafana elastic neo4j prom-operator sa s3cr3t supersecret supersecretpassword secretpassword mysecretpassword my-secret-pw mypassword'.split(
    ' ',
  ),
)

const placeholderWords = [
  'change',
  'your-',
  'your_',
  'yourpassword',
  'placeholder',
  'replace',
  'example',
  'todo',
  'xxxx',
  'dummy',
  'insert',
  'not-secure',
  'insecure',
  'default',
  'password',
  'passw0rd',
  'secret',
]

const isGuessable = (value: string, user: string | undefined): boolean => {
  const lower = value.toLowerCase()
  return (
    common.has(lower) ||
    lower === user?.toLowerCase() ||
    placeholderWords.some((word) => lower.includes(word)) ||
    (value.startsWith('<') && value.endsWith('>'))
  )
}

const isPath = (value: string): boolean => /^(\.{0,2}\/|~\/|[A-Za-z]:\\)[^\s]*$/.test(value) && value.length < 300

// References that another tool or the application resolves.
const resolvedElsewhere =
  /^(vault|op|ssm|arn|aws-?sm|sm|secretsmanager|gcp-?sm|awssecret|azurekeyvault|file|env|doppler|sops|infisical):|^ENC\[|^\{\{|^<%|^__[A-Z_]+__$|^%[A-Z_]+%$|^\$\(|^@Microsoft\.KeyVault/

const isSwitch = (value: string): boolean => /^(true|false|yes|no|on|off|none|null|enabled|disabled|)$/i.test(value)

/** Judges the value of something that its name says is a secret. `user` is the name that it goes with. */
export const judgeCredential = (text: string, user?: string): Judged => {
  const { text: value, computed, fallback } = resolve(text)
  if (computed) return { form: 'reference', guessable: false }
  // A switch is about a secret, and is none: ALLOW_EMPTY_PASSWORD, USE_TOKEN.
  if (isSwitch(value.trim())) return { form: fallback && value === '' ? 'reference' : 'empty', guessable: false }
  if (isPath(value)) return { form: 'file', guessable: false }
  if (resolvedElsewhere.test(value)) return { form: 'reference', guessable: false }
  return { form: fallback ? 'fallback' : 'literal', guessable: isGuessable(value, user) }
}

/** Where the password of `scheme://user:password@host` stands; hosts, paths and ports are no concern. */
const passwordOfUrl = (text: string): { user: string; password: string } | undefined => {
  const start = text.indexOf('://')
  if (start < 0) return undefined
  const rest = text.slice(start + 3)
  let depth = 0
  let at = -1
  for (let index = 0; index < rest.length; index++) {
    if (rest.startsWith('${', index)) depth++
    else if (rest[index] === '}' && depth > 0) depth--
    else if (depth > 0) continue
    else if (rest[index] === '@') at = index
    else if (rest[index] === '/' || rest[index] === '?' || rest[index] === '#' || rest[index] === ' ') break
  }
  if (at < 0) return undefined
  const login = rest.slice(0, at)
  const colon = colonOutside(login)
  return colon < 0 ? undefined : { user: login.slice(0, colon), password: login.slice(colon + 1) }
}

const colonOutside = (text: string): number => {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith('${', at)) depth++
    else if (text[at] === '}' && depth > 0) depth--
    else if (text[at] === ':' && depth === 0) return at
  }
  return -1
}

const settings = /(?:^|[;?&\s])(?:password|pwd|accountkey|sharedaccesskey)\s?=\s?([^;&\s"']+)/i

/** Judges an address or a connection string by the password in it. Undefined when it has none. */
export const judgeAddress = (text: string): Judged | undefined => {
  const whole = resolve(text)
  // `${DATABASE_URL:-postgres://shop:shop@db/shop}` hides its address in the default.
  const source = !whole.computed && whole.fallback ? whole.text : text
  const login = passwordOfUrl(source)
  const found = login?.password ?? (/[;?&]|host=|server=/i.test(source) ? settings.exec(source)?.[1] : undefined)
  if (found === undefined || found === '') return undefined
  const judged = judgeCredential(found, login?.user)
  if (judged.form === 'empty' || judged.form === 'file') return undefined
  return judged.form === 'literal' && whole.fallback && source === whole.text ? { ...judged, form: 'fallback' } : judged
}
