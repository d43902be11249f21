/** What a variable's value is: no secret, a well-known password, or a secret written out. */
export type SecretValue = 'none' | 'weak' | 'literal'

/** The tokens that say by their form whose they are. Formats as the vendors document them. */
const tokenForms: readonly (readonly [RegExp, string])[] = [
  [/^(?:AKIA|ASIA)[A-Z0-9]{16}$/, 'AWS access key'],
  [/^(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,})$/, 'GitHub token'],
  [/^glpat-[\w-]{20,}$/, 'GitLab token'],
  [/^(?:sk|rk)_(?:live|test)_\w{16,}$/, 'Stripe key'],
  [/^xox[abeoprs]-[\w-]{10,}$/, 'Slack token'],
  [/^SG\.[\w-]{16,}\.[\w-]{16,}$/, 'SendGrid key'],
  [/^sq0(?:atp|csp)-[\w-]{20,}$/, 'Square token'],
  [/^amzn\.mws\.[0-9a-f-]{30,}$/, 'Amazon MWS token'],
  [/^[0-9a-f]{32}-us\d{1,2}$/, 'Mailchimp key'],
  [/^AIza[\w-]{35}$/, 'Google API key'],
  [
    /^(?:npm_[A-Za-z0-9]{30,}|pypi-[\w-]{30,}|dckr_pat_[\w-]{20,}|hf_[A-Za-z0-9]{30,}|dop_v1_[0-9a-f]{60,})$/,
    'registry token',
  ],
  [/^sk-(?:ant-|proj-)?[\w-]{24,}$/, 'API key'],
  [/^eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*$/, 'JSON web token'],
  [/^-----BEGIN [A-Z ]*PRIVATE KEY/, 'private key'],
]

const secretNames: readonly (readonly [RegExp, string])[] = [
  [/(?:^|_)(?:[a-z]*password|[a-z]*passwd|pwd|passphrase|pass)$/, 'password'],
  [/(?:^|_)(?:[a-z]*secret|secret_(?:key|value)|secret_(?:access_)?key|secret_key_base)$/, 'secret'],
  [
    /(?:^|_)(?:api_?key|apikey|access_key|private_key|encryption_key|signing_key|master_key|account_key|auth_key)$/,
    'key',
  ],
  [/(?:^|_)(?:[a-z]*token|pat|credentials?)$/, 'token'],
]

/** Values that a browser gets, or that are no secrets in spite of their name. */
const publicName =
  /^(?:next_public|vite|react_app|public|nuxt_public|expo_public|gatsby)_|(?:^|_)(?:public|publishable|site|recaptcha_site)_|^(?:pwd|oldpwd|gpg_key|gpg_keys|cancellation_token|csrf_token)$|_(?:gpg|public)_key$/

const weakValue =
  /^(?:(?:my|your|the|a|super|some|test|dev|local|demo|example|sample|dummy|fake|default|temp|tmp|placeholder|build|not)?[-_ ]?(?:secret|password|passwd|pass|passw0rd|pw|token|key|admin|root|user|postgres|mysql|guest|change[-_]?me|change[-_]?it|changethis|replace[-_]?me|test|dev|dummy|fake|placeholder|example|none|null|unset|undefined|empty|todo|tbd|foo|bar|secretkey|apikey|build|ci|sa|redis|rabbitmq|minio|minioadmin)[-_ ]?(?:key|token|password|here|value|only|base|secret|please|\d{1,4})?[!.]?|1234\d*|x{3,}|\*{3,}|<[^>]*>|\{\{.*|qwerty|letmein|s3cr3t|p@ssw0rd|your[-_].*|change[-_].*|replace[-_].*|insert[-_].*|dummy.*|placeholder.*|fake.*)$/i

const plainValue =
  /^(?:|true|false|yes|no|on|off|enabled|disabled|\d{1,5}|https?:\/\/[^@]*|[./~].*|[A-Za-z]:\\.*|\$.*|file:.*|%\w+%)$/i

/** Name parts in lower case, joined by `_`: `sgApiKey` is sg_api_key. */
const words = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[.-]/g, '_')
    .toLowerCase()

/** What kind of secret a name stands for; undefined for any other name. */
export const secretNameKind = (name: string): string | undefined => {
  const plain = words(name)
  if (publicName.test(plain)) return undefined
  return secretNames.find(([pattern]) => pattern.test(plain))?.[1]
}

const urlPassword = /^[a-z][\w+.-]*:\/\/[^\s:/@]*:([^\s@/]+)@/i

const connectionPassword = /;\s*(?:password|pwd)=([^;]*)/i

/** Judges a value by its form, and by its name where that names a secret. The value itself goes no further. */
export const secretValue = (name: string, value: string): { value: SecretValue; kind?: string } => {
  const form = tokenForms.find(([pattern]) => pattern.test(value.slice(0, 300)))
  if (form !== undefined) return { value: 'literal', kind: form[1] }
  const password = urlPassword.exec(value.slice(0, 500))?.[1]
  if (password !== undefined && !password.startsWith('$'))
    return { value: weakValue.test(password) ? 'weak' : 'literal', kind: 'password in a URL' }
  const part = connectionPassword.exec(value.slice(0, 1_000))?.[1]?.trim()
  if (part !== undefined && part !== '' && !part.startsWith('$'))
    return { value: weakValue.test(part) ? 'weak' : 'literal', kind: 'password in a connection string' }
  const kind = secretNameKind(name)
  if (kind === undefined || plainValue.test(value) || /\s/.test(value)) return { value: 'none' }
  return { value: weakValue.test(value) || value.length < 4 ? 'weak' : 'literal', kind }
}
