import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * Gives out fingerprints that survive edits elsewhere in the file: they depend on the rule, the path, the subject and
 * which of several alike it is, and not on the line. 16 hexadecimal digits.
 */
export class Fingerprints {
  readonly #seen = new Map<string, number>()

  of(rule: string, path: string, subject: string): string {
    const identity = `${rule}\n${path}\n${subject}`
    const count = this.#seen.get(identity) ?? 0
    this.#seen.set(identity, count + 1)
    return bytesToHex(sha256(utf8ToBytes(`${identity}\n${count}`))).slice(0, 16)
  }
}

/** A digest by which what was kept is found again: the first 32 hexadecimal digits of a text's SHA-256. */
export const digestOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text))).slice(0, 32)

/** The SHA-256 of a text in base64, as a content security policy names an inline style or script that may be used. */
export const sha256Base64 = (text: string): string => btoa(String.fromCharCode(...sha256(utf8ToBytes(text))))
