// Names that hold a secret, and names that only talk about one.
const secretName =
  /(?:password|passwd|passphrase|pwd|secret|token|api[-_.]?key|access[-_.]?key|private[-_.]?key|signing[-_.]?key|encryption[-_.]?key)s?$/i
const secretPart =
  /(?:pass(?:word|wd|phrase)|secret|api[-_.]?key|access[-_.]?key|signing[-_.]?key|encryption[-_.]?key)/i
const about =
  /(?:file|path|url|uri|header|name|ttl|expir\w*|length|len|id|field|policy|min|max|size|algorithm|alg|issuer|type|prefix|suffix|lookup|endpoint|audience|scheme|label|placeholder|hint|text|message|error|title|regex|pattern|rules?|reset|count|limit|budget|seconds|minutes|hours|days|age|lifetime|duration|timeout|enabled|required|store|provider|strategy|version|ref|column|selector|input|form|visible|hash(?:er|ing)?|encoder|cost|rounds|salt[-_]?rounds|key[-_]?ref|namespace|storage|class|mount|host|port|user|username|at|by|for|on|in|template|default|subject|e?mail|class|kind|format|state|status|time|date|window|interval|attempts|lock|manager|service|factory|handler|validator|page|view|screen|route|event|action)$/i
// `max_tokens` and `tokens=1,2` count words; what signs somebody in is one token, or several `auth_tokens`.
const counted = /(?<!(?:auth|access|api|bot|secret|refresh|bearer)[-_.]?)tokens$/i
const publicName =
  /public|publishable|csrf|xsrf|cancel|next[-_]?token|page[-_]?token|forgot|confirm|test|mock|fake|dummy|i18n|label|design/i

/** Whether a variable or field of this name holds a secret. `token` counts only at the end of the name. */
export const isSecretName = (name: string): boolean =>
  !publicName.test(name) && !about.test(name) && !counted.test(name) && (secretName.test(name) || secretPart.test(name))

/** Whether a name means a person's or a service's password or signing secret, and not merely some token. */
export const isPasswordName = (name: string): boolean => isSecretName(name) && !/token$/i.test(name)
