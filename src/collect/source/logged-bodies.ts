import type { Sink, TextFile } from '../collector.ts'
import { Lines } from '../lines.ts'
import type { Language } from './languages.ts'

const maxFound = 50
/** A handler that logs stands within this much text of where it read the body. Characters. */
const maxHandler = 6_000

/** Where a whole body is an argument of the call that logs. The first group is what is logged. */
const direct: Partial<Record<Language, RegExp>> = {
  javascript:
    /\b(?:console\.(?:log|info|debug|warn|error)|log(?:ger)?\.(?:log|info|debug|warn|error|trace))\((?:[^()\n]{0,200}[,\s({])?(?:JSON\.stringify\(\s{0,4})?((?:req|request|ctx\.request)\.body)\s{0,4}[,)}]/g,
  python:
    /\b(?:logger|logging|log)\.(?:info|debug|warning|error|exception)\([^()\n]{0,200}[,{(\s](?:await )?(request\.(?:get_json\(\)|json(?:\(\))?|form|POST|get_data\(\)))\s{0,4}[,)}]/g,
  php: /\bLog::(?:info|debug|warning|error|notice)\([^()\n]{0,200}(\$request->(?:all|input|post)\(\))/g,
}

interface Bound {
  /** Where a body is put into a variable: groups `name` and, where it is written there, `type`. */
  body: RegExp
  /** Where the next function begins, in which the name means something else. */
  next: RegExp
}

const bound: Partial<Record<Language, Bound>> = {
  go: {
    body: /(?:\.(?:BindJSON|ShouldBindJSON|ShouldBindBodyWithJSON|BodyParser|ReadJSON)\(\s{0,4}|NewDecoder\(\s{0,4}(?:r|req|request|c\.Request|ctx\.Request)\.Body\s{0,4}\)\.Decode\(\s{0,4})&(?<name>\w{1,60})\)/g,
    next: /^func /m,
  },
  jvm: {
    body: /@RequestBody\s{1,20}(?:(?:@\w{1,40}|final)\s{1,20}){0,3}(?<type>[A-Z][\w<>?, .]{0,80}?)\s{1,20}(?<name>[a-z]\w{0,60})\s{0,20}[,)]/g,
    next: /@(?:Post|Put|Patch|Get|Delete|Request)Mapping\b/,
  },
  python: {
    body: /^[ \t]{1,40}(?<name>\w{1,60}) = (?:await )?request\.(?:get_json\([^()\n]{0,60}\)|json(?:\(\))?|form|POST)[ \t]{0,20}$/gm,
    next: /^[ \t]{0,40}(?:async )?def /m,
  },
}

/** Shapes that take whatever is sent, and those that hold a login by their name. Of others, nobody can tell what is secret. */
const opaque = /^(?:map\[string\]|any$|interface\{\}|Map<|HashMap<|JsonNode|ObjectNode|Object$)/
const credentials = /login|log[_-]?in|regist|sign[_-]?(?:up|in)|passw|credential|auth|card|payment/i

const goTypeOf = (before: string, name: string): string => {
  const declared = [...before.matchAll(/\bvar (\w{1,60}) ([\w.[\]{}*]{1,80})|\b(\w{1,60}) := ([\w.[\]]{1,80})\{/g)]
  const last = declared.findLast((match) => (match[1] ?? match[3]) === name)
  return last?.[2] ?? last?.[4] ?? ''
}

const isTelling = (language: Language, type: string): boolean =>
  language === 'python' || opaque.test(type) || credentials.test(type)

const logs =
  /\b(?:log|logger|slog|zap|logrus|sugar|logging|LOG|LOGGER)\b[\w.()]{0,80}\.(?:Info|Debug|Warn|Error|Print|Trace|info|debug|warn|warning|error|trace)(?:f|w|ln|Context)?\(([^\n]{1,400})/g

/** Whether a whole variable is an argument, and not what a function that may redact it is given. */
const isArgument = (rest: string, name: string): boolean => {
  const found = new RegExp(`(?:^|[,(]\\s{0,4}|\\{)${name}\\s{0,4}[,)}]`).exec(rest)
  if (found === null) return false
  const before = rest.slice(0, found.index + 1)
  const callee = before.endsWith('(') ? (/([\w.]{1,80})\($/.exec(before)?.[1] ?? '') : ''
  return (
    callee === '' || /^(?:zap\.(?:Any|Reflect)|slog\.Any|fmt\.Sprintf?|String\.valueOf|json\.dumps|str)$/.test(callee)
  )
}

/** Whole request bodies that are written to the log, directly or out of the variable that they were read into. */
export const collectLoggedBodies = ({ path, text }: TextFile, language: Language, sink: Sink): void => {
  const found = new Map<number, string>()
  const pattern = direct[language]
  if (pattern !== undefined && /body|request/.test(text))
    for (const match of text.matchAll(pattern)) found.set(match.index, match[1] ?? '')
  const variable = bound[language]
  if (variable !== undefined && /Bind|BodyParser|ReadJSON|\.Body|@RequestBody|request\./.test(text))
    for (const match of [...text.matchAll(variable.body)].slice(0, maxFound)) {
      const { name = '', type } = match.groups ?? {}
      const after = text.slice(match.index + match[0].length, match.index + match[0].length + maxHandler)
      const end = after.search(variable.next)
      const handler = end < 0 ? after : after.slice(0, end)
      const before = text.slice(Math.max(0, match.index - maxHandler), match.index)
      if (!isTelling(language, type ?? goTypeOf(before, name))) continue
      for (const log of handler.matchAll(logs))
        if (isArgument(log[1] ?? '', name))
          found.set(match.index + match[0].length + log.index, `the request body in ${name}`)
    }
  if (found.size === 0) return
  const lines = new Lines(text)
  for (const [at, what] of [...found].slice(0, maxFound))
    sink.fact({ kind: 'source.logged-body', subject: 'log', place: { path, ...lines.at(at) }, value: { what } })
}
