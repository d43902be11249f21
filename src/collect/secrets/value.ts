/**
 * What may be said of a secret: at most its first three characters, and nothing of one so short that they give it away.
 * Its length is hidden.
 */
export const mask = (value: string): string => (value.length < 10 ? '***' : `${value.slice(0, 3)}…`)

// A value that stands for another: shell, compose, templates, CI expressions, format verbs, function calls.
const reference =
  /^\$|\$\{|\$\(|\{\{|<%|^<[^>]+>$|^%[A-Za-z_]|%[sv]|^\{[\w.]*\}$|^@|^(?:process|os|env|config|settings|secrets|vault|var|local|data|self|this|ENV)[.[(:]|^!|^(?:ssm|arn|vault|sops|ref\+|op|gcp|azure|secretsmanager):|^ENC\[|^ENC\(|^\w+\(.*\)$/

// Words that the author of a template writes for "put yours here".
const gap =
  /change[-_ ]?(?:me|it|this|in)|replace|your[-_ ]|\byour|<|x{3,}|\*{3,}|\.{3}|…|placeholder|example|dummy|insert|todo|fixme|fill[-_ ]?in|redacted|to[-_]be[-_]set|^(?:set|enter|add|put)[-_ ]|not[-_]?set|generate|^(?:none|null|nil|undefined|true|false|yes|no|empty|n\/?a|tbd|-+)$/i

// What everybody tries first.
const known =
  /^(?:admin|administrator|root|user|guest|test|demo|default|secret|secretkey|password|passw0rd|pass|postgres|mysql|mongo|redis|rabbitmq|minio|minioadmin|keycloak|grafana|elastic|sa|changeme|change-me|letmein|welcome|qwerty|dev|development|local|letmein|abc123|supersecret|super-secret|jwt-secret|jwtsecret|my-secret|mysecret|(?:admin|password|pass|secret|root|test|user|demo|welcome|qwerty)[-_@!]?\d{1,6}!?|\d{1,8})$/i

/** Whether a value only stands for another that is filled in later. */
export const isReference = (value: string): boolean => reference.test(value)

/** Whether a value is plainly a gap to fill. In a template that is its purpose; as a default in code it is a working secret. */
export const isGap = (value: string): boolean => gap.test(value)

/** Whether a value is a well-known default. */
export const isKnownDefault = (value: string): boolean => known.test(value)

/** Bits per character, by Shannon: 3.5 and more is seldom a word. */
export const entropy = (value: string): number => {
  const counts = new Map<string, number>()
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length)
  return bits
}

/** Whether a value is a regular expression for the whole of another. */
const isPattern = (value: string): boolean => value.startsWith('^') && value.endsWith('$')

/** Whether a value could be somebody's secret: no reference, no gap, no sentence, no path. */
export const looksReal = (value: string): boolean =>
  value.length >= 3 &&
  value.length <= 4_000 &&
  !isReference(value) &&
  !isGap(value) &&
  !/^(?:\/|\.\.?\/|https?:\/\/[^@]*$)/.test(value) &&
  !isPattern(value) &&
  !/\s/.test(value)
