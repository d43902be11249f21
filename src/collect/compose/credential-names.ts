const always = new Set(
  'PASSWORD PASSWORDS PASSWD PASSWRD PASSPHRASE PWD PASS SECRET SECRETS TOKEN APIKEY APIKEYS SECRETKEY ACCESSKEY PRIVATEKEY AUTHTOKEN ACCESSTOKEN CLIENTSECRET ACCOUNTKEY REQUIREPASS MASTERAUTH CREDENTIAL CREDENTIALS'.split(
    ' ',
  ),
)

/** What makes a name that ends in KEY, KEYS or BASE a secret's; many keys are names of things. */
const keyed = new Set(
  'API ACCESS SECRET PRIVATE ENCRYPTION DECRYPTION SIGNING AUTH MASTER APP JWT SSH DEPLOY ACCOUNT STORAGE HMAC AES COOKIE SESSION CRYPT CRYPTO SHARED ADMIN ROOT WEBHOOK LICENSE SALT HASH'.split(
    ' ',
  ),
)

const pairs = new Set(['NEO4J_AUTH', 'BASIC_AUTH', 'HTTP_BASIC_AUTH'])

// A token that the browser is given anyway is no secret.
const published = /(^|_)(PUBLIC|PUBLISHABLE|ANON)_|^(VITE|REACT_APP|GATSBY)_/

/** `dbPassword`, `db-password` and `Db.Password` as `DB_PASSWORD`. */
export const upperName = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase()

/** Whether the name of a variable or an option says that its value is a secret. */
export const namesCredential = (name: string): boolean => {
  const upper = upperName(name)
  if (pairs.has(upper)) return true
  if (published.test(upper)) return false
  const words = upper.split('_').filter((word) => word !== '' && !/^\d+$/.test(word))
  const last = words.at(-1)?.replace(/\d+$/, '') ?? ''
  // The working directory of a shell.
  if (upper === 'PWD' || upper === 'OLDPWD') return false
  if (always.has(last) || last.endsWith('PASSWORD')) return true
  if (last === 'KEY' || last === 'KEYS') return keyed.has(words.at(-2) ?? '')
  return last === 'BASE' && words.at(-2) === 'KEY'
}

/** Whether the name says that the value is a file with the secret, as `POSTGRES_PASSWORD_FILE` and `X__FILE` do. */
export const namesSecretFile = (name: string): boolean => {
  const upper = upperName(name)
  return upper.endsWith('_FILE') && namesCredential(upper.slice(0, -'_FILE'.length))
}
