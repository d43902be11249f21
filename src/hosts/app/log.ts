import pino, { type Logger } from 'pino'
import type { Log } from '../../ports/log.ts'

/** Paths of fields that may hold a secret, wherever an error of a library brings one. */
const secrets = ['err.request', 'err.response', 'err.config', 'err.cause.request', 'err.cause.response']

/** Lines of JSON on standard output. An error is its kind, its message and its stack; never its request. */
export const appLog = (level: string): Log => {
  const log = pino({ name: 'prodgate', level, redact: { paths: secrets, remove: true }, base: { pid: process.pid } })
  return {
    info: (fields, message) => log.info(fields, message),
    warn: (fields, message) => log.warn(fields, message),
    error: (fields, message) => log.error(fields, message),
  }
}

/** What Probot itself says: only what is wrong, in the same form. A line for every request and probe is the proxy's to write. */
export const libraryLog = (): Logger =>
  pino({ name: 'probot', level: 'warn', redact: { paths: secrets, remove: true } })
