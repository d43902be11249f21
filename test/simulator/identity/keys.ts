import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'

/** A fresh key, as PEM, as GitHub gives one to a new app. */
export const newKey = (): { privateKey: string; publicKey: ReturnType<typeof createPublicKey> } => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(), publicKey }
}

const parsed = (part: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** Whom a JSON web token says that it is from; unverified. */
export const issuerOf = (token: string): string | undefined => {
  const { iss } = parsed(token.split('.')[1] ?? '')
  return typeof iss === 'string' || typeof iss === 'number' ? String(iss) : undefined
}

const longest = 600
const skew = 60

/** What is wrong with an app's token, in GitHub's words; undefined where nothing is. `now` is in milliseconds. */
export const refused = (token: string, key: ReturnType<typeof createPublicKey>, now: number): string | undefined => {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const undecodable = 'A JSON web token could not be decoded'
  if (parsed(header)['alg'] !== 'RS256') return undecodable
  const signed = Buffer.from(`${header}.${payload}`)
  if (!verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'))) return undecodable
  const { exp, iat } = parsed(payload)
  const seconds = now / 1000
  if (typeof exp !== 'number' || exp < seconds)
    return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"
  if (exp > seconds + longest + skew) return "'Expiration time' claim ('exp') is too far in the future"
  if (typeof iat !== 'number' || iat > seconds + skew)
    return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"
  return undefined
}
