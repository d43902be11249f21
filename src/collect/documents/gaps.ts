import type { MarkdownLine } from './markdown.ts'
import { isKnownDefault } from '../secrets/value.ts'
import { isTicked } from './markdown.ts'

const bracket =
  /\[(?:(?:your|insert|fill|enter|tbd|todo|company|xx+)\b[^\]\n]{0,60}|[A-Z][^\]\n]{0,60}\b(?:contact|rotation|phone|e-?mail|here|tbd)|(?:name|date|team|contact|email|phone|link|url))\](?![([:])/i
const blankLine = /[A-Za-z][^:|\n]{0,60}[:|]\W{0,6}_{4,}/
const toBe = /\bTBD\b|\bTBA\b|\bXXX+\b|\?\?\?/

/**
 * What the author left to fill in on this line, or undefined. Code is left out.
 * @param signed whether blank lines count as gaps: in a form that is not yet used they are its purpose
 */
export const gapIn = ({ text, code }: MarkdownLine, signed: boolean): string | undefined => {
  if (code || text.length > 1_000) return undefined
  const words = text.replace(/`[^`\n]{0,200}`/g, '')
  const found =
    bracket.exec(words)?.[0] ?? toBe.exec(words)?.[0] ?? (signed && blankLine.test(words) ? '____' : undefined)
  return found?.slice(0, 60)
}

const pair =
  /(?:^|[\s(`'"|:])(admin|administrator|root|postgres|guest|user|sa|grafana|keycloak|rabbitmq|minioadmin)\s?\/\s?([A-Za-z0-9!@#$%^&*._-]{3,40})/i

/** A well-known user with a password that goes with it: not a pair of roles such as admin/user. */
export const credentialIn = ({
  text,
}: MarkdownLine): { user: string; password: string; column: number } | undefined => {
  if (text.length > 1_000 || !/https?:|login|log in|credential|password|user/i.test(text)) return undefined
  const match = pair.exec(text)
  const [, user = '', written = ''] = match ?? []
  const password = written.replace(/[.,;:]+$/, '')
  const telling = password.toLowerCase() === user.toLowerCase() || /\d|passw|secret|change/i.test(password)
  return match !== null && telling && isKnownDefault(password) ? { user, password, column: match.index + 1 } : undefined
}

const unmeasured =
  /\((?:[^()]{0,40}\b)?(expected|estimated?|targets?|designed|planned|projected|pending (?:actual|load|results|measurement|tests?)|not yet|to be measured|ready for execution|ready to run|tbd)\b(?! (?:achieved|met|reached|exceeded))[^()]{0,40}\)/i
const designed = /✅\s*(designed|estimated|expected)\b(?! [a-z]+ly)/i

/** The word by which a ticked line, or a heading of results, says itself that nothing was measured. */
export const unmeasuredIn = ({ text, code, heading }: MarkdownLine): string | undefined => {
  if (code || text.length > 1_000) return undefined
  if (!isTicked(text) && !(heading && /results?|usage|performance/i.test(text))) return undefined
  return (unmeasured.exec(text) ?? designed.exec(text))?.[1]?.toLowerCase()
}
