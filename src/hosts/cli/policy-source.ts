import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { InputError } from '../../core/errors.ts'

/** Where a repository's policy stands, the first that exists. */
export const policyPaths = ['.github/prodgate.yml', '.github/prodgate.yaml'] as const

/** A larger policy is refused. Bytes. */
const maxPolicySize = 1_000_000

/** A policy's text and the name to call its file by. */
export interface PolicySource {
  path: string
  text: string
}

/** @throws InputError where the bytes are too many or no text */
export const decodePolicy = (bytes: Uint8Array, name: string): PolicySource => {
  try {
    if (bytes.length > maxPolicySize) throw new Error('is larger than 1 MB')
    return { path: name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new InputError({ code: 'policy-unreadable', message, path: name })
  }
}

/** @throws InputError where the file cannot be read, is too large or is no text */
export const readPolicy = (file: string, name: string): PolicySource => {
  try {
    // Asked before it is read: it may be a disk image.
    if (statSync(file).size > maxPolicySize) throw new Error('is larger than 1 MB')
    return decodePolicy(readFileSync(file), name)
  } catch (error) {
    if (error instanceof InputError) throw error
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    const said = error instanceof Error ? error.message : String(error)
    const message = code === 'ENOENT' ? 'does not exist' : said
    throw new InputError({ code: 'policy-unreadable', message, path: name })
  }
}

/** The policy that was named, or the one of the directory, or none. */
export const findPolicy = (root: string, named: string | undefined): PolicySource | undefined => {
  if (named !== undefined) return readPolicy(resolve(named), named)
  const found = policyPaths.find((path) => existsSync(join(root, path)))
  return found === undefined ? undefined : readPolicy(join(root, found), found)
}
