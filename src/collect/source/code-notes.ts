import type { Sink, TextFile } from '../collector.ts'
import { Lines } from '../lines.ts'

/** No file tells more than a person will read. */
const maxNotes = 50

const comment = /^\s*(?:\/\/|#(?!\[)|\*|\/\*|--|"""|<!--)|\s(?:\/\/|#)\s/
const todo = /\b(?:TODO|FIXME|XXX|HACK)\b[^\n]{0,200}/g
const work =
  /\b(?:implement|add|check|verify|validate|enforce|encrypt|hash|restrict|secure|authenticate|authori[sz]e|sanitize|require|protect|rotate)\w*\b/i
const security =
  /\b(signature|credentials?|passwords?|permissions?|authenticat\w*|authori[sz]\w*|encrypt\w*|access control|csrf|jwt|(?:auth|access|bearer|session|csrf) tokens?|admin (?:check|only|role)|rbac|ownership)\b/i
/** A note about reading or showing something says nothing of a check. */
const aboutRetrieval = /\bto (?:return|get|fetch|retrieve|read|look up|find|show|display|list|print|expose)\b/i
const aboutTests = /\btests?\b|\bdocs?\b|document|coverage|example|\bui\b|tooltip|translat|styl/i

const stubs =
  /\b(?:accepts? any (?:credentials?|passwords?)|(?:skip|bypass)(?:ping|ed|ing)? (?:the )?(?:authentication|authorization|auth checks?|signature (?:check|verification)|password (?:check|verification)|credential check)\b[^\n]{0,60}\b(?:for now|temporar\w*|demo|until|hack)|(?:no|without) (?:real |actual )?(?:authentication|password check|signature verification) (?:yet|for now)|always (?:authenticated|authorized|allow)|(?:fake|mock|dummy) (?:authentication|login|auth check))\b/gi

/** Skipping can be right: when something else has checked, or in a mode that is not for production. */
const excused =
  /\bif\b|\bwhen\b|unless|already|public|health|internal|optional|configur|option|flag|allow(?:s|ed)? to|whether|test|dev(?:elopment)?\b|local|never|\bnot\b|cannot|don'?t|must|prevent|anonymous/i

const lineOf = (text: string, at: number): string => {
  const end = text.indexOf('\n', at)
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, end < 0 ? text.length : Math.min(end, at + 400))
}

const tidy = (text: string): string =>
  text
    .replace(/\s*(?:\*\/|-->|""")?\s*$/, '')
    .trim()
    .slice(0, 120)

/** Comments that say that a security check is missing. */
export const collectNotes = ({ path, text }: TextFile, sink: Sink): void => {
  let lines: Lines | undefined
  const place = (at: number): { path: string; line: number; column: number } => {
    lines ??= new Lines(text)
    return { path, ...lines.at(at) }
  }
  let found = 0
  if (/TODO|FIXME|XXX|HACK/.test(text))
    for (const match of text.matchAll(todo)) {
      const about = security.exec(match[0])?.[1]
      if (about === undefined || !work.test(match[0]) || aboutTests.test(match[0]) || aboutRetrieval.test(match[0]))
        continue
      if (!comment.test(lineOf(text, match.index)) || ++found > maxNotes) continue
      sink.fact({
        kind: 'source.unfinished',
        subject: 'comment',
        place: place(match.index),
        value: { says: tidy(match[0]), about },
      })
    }
  for (const match of text.matchAll(stubs)) {
    const line = lineOf(text, match.index)
    if (!comment.test(line) || excused.test(line) || ++found > maxNotes) continue
    sink.fact({ kind: 'source.stub', subject: 'comment', place: place(match.index), value: { says: tidy(match[0]) } })
  }
}
