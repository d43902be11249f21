import { isComputed } from './recognise.ts'

export type ValueKind = 'none' | 'placeholder' | 'computed' | 'encrypted' | 'literal'

/** Words for a value that somebody is to replace before anything runs. */
const placeholderWords =
  /change[-_ ]?me|change[-_ ]?this|change[-_ ]?it|^change[-_ ]|replace|placeholder|^todo|fixme|dummy|^example|your[-_ ]|insert[-_ ]|fill[-_ ]?(in|me)|set[-_ ]?me|redacted|^x{3,}$|^\*{3,}$|^\.{3,}$|^<.*>$|^\[.*\]$|^%.*%$|^tbd$/i

/** What kind of value stands where a secret may. The value itself goes no further. */
export const valueKindOf = (value: string): ValueKind => {
  const text = value.trim()
  if (text === '') return 'none'
  if (text.startsWith('ENC[') || text.startsWith('vault:') || text.startsWith('ref+') || text.startsWith('op://'))
    return 'encrypted'
  if (isComputed(text) || /^@[\w./-]+@$/.test(text) || text.startsWith('<path:')) return 'computed'
  // `value: GOOGLE_API_KEY_VALUE` is the name of what somebody is to put there.
  if (/^[A-Z]{2,}(_[A-Z]+)+$/.test(text)) return 'placeholder'
  return placeholderWords.test(text.slice(0, 500)) ? 'placeholder' : 'literal'
}

const secretKey =
  /(^|[^a-z])(pass(word|wd|phrase)?|pwd|secrets?|tokens?|credentials?|api_?key|apikey|private_?key|access_?key|secret_?key|client_?secret|signing_?key|encryption_?key|auth_?key|account_?key|storage_?key|batch_?key|key_?content|encryption_?secret|jwt|salt|dsn)([^a-z]|$)/

/** Endings that say that a key is about a secret and not the secret itself. */
const aboutSecret =
  /(^|[^a-z])(name|file|files|path|dir|url|uri|endpoint|host|issuer|arn|id|type|length|ttl|timeout|expir[a-z]*|lifetime|age|minutes|seconds|days|hours|ms|enabled|required|disabled|policy|header|algorithm|algo|version|count|limit|limits|budget|max|min|rotation|refresh|interval|provider|store|manager|ref|mount|prefix|field|claim|scope|audience|method|mode|size|rounds|auth|pattern|regexp?)$/

/** `DB_PASSWORD`, `db.password` and `dbPassword` as one form: lower case words joined by `_`. */
const words = (key: string): string =>
  key
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')

const privateKey = /-{3,5}BEGIN [A-Z ]*PRIVATE KEY-{3}/
const urlPassword = /^[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:[^\s:/@$<{][^\s/@]*@/i
const knownToken =
  /^(AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36,}|xox[abprs]-[A-Za-z0-9-]{10,}|sk_live_[A-Za-z0-9]{16,}|AIza[\w-]{35}|glpat-[\w-]{20,})$/

/** What secret a value is by its own shape: a private key, an address with a password, a provider's token. */
export const secretShape = (value: string): string | undefined => {
  if (privateKey.test(value.slice(0, 2000))) return 'private key'
  const text = value.trim().slice(0, 1000)
  if (urlPassword.test(text)) return 'password in an address'
  return knownToken.test(text) ? 'token' : undefined
}

/** What secret a key names: its word, such as `password`. Undefined for keys about secrets, such as PASSWORD_FILE. */
export const secretName = (key: string): string | undefined => {
  const form = words(key)
  if (aboutSecret.test(form)) return undefined
  return secretKey.exec(form)?.[2]?.replaceAll('_', ' ')
}

const publicKey =
  /(^|_)(host|hostname|server|address|addr|port|user|username|login|email|provider|kind|database|dbname|db|name|schema|region|zone|bucket|endpoint|url|uri|issuer|realm|client_id|clientid|tenant_id|project_id|id|type|driver|protocol|ssl_?mode|namespace|engine|scope|domain|ca_crt|tls_crt|crt|cert|pem_pub|pub|public_key|known_hosts|ca|environment|env|log_level|enabled|timeout|path|config|version)$/

const isSettingsFile = /\.(?:ya?ml|json|ini|conf|cfg|toml|properties|xml)$/i
const namesSecret = /passw|pwd|secret|token|credential|api-?_?key|private|auth|securejson|-----BEGIN|signing|encrypt/i

/** Whether an entry of a Secret is a secret: not a host, a user name or a certificate that happens to be kept there. */
export const isSecretEntry = (key: string, value: string): boolean => {
  if (secretShape(value) !== undefined || secretName(key) !== undefined) return true
  const text = value.trim()
  if (/^(true|false|\d{1,5})$/.test(text) || text.startsWith('-----BEGIN CERTIFICATE')) return false
  if (isSettingsFile.test(key) && text.includes('\n') && !namesSecret.test(text) && !/:\/\/[^\s/@]{1,200}@/.test(text))
    return false
  // Under a name that says nothing: only what has the look of a key, or is a whole file.
  const looksRandom = text.length >= 8 && /[0-9]/.test(text) && /[A-Za-z]/.test(text)
  return !publicKey.test(words(key)) && looksRandom
}
