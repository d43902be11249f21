import { lineAt } from './paths.ts'
import type { Program } from './program.ts'

/** A handler's body is read this far. Characters. */
const maxBody = 4_000

const refuses =
  /StatusServiceUnavailable|StatusInternalServerError|\b50[03]\b|status_code\s*=\s*50[03]|SERVICE_UNAVAILABLE/
const asks =
  /\b\w{0,40}[cC]lient\w{0,40}\.(?:[hH]ealth\w*|[pP]ing\w*|[cC]heck\w*|[gG]et)\(|http\.Get\(|\bfetch\(|axios\.\w+\(|\.\$queryRaw|(?:redis|db|pool|sequelize|mongoose|session|conn|connection)\w{0,40}\.(?:[pP]ing\w*|query|execute|authenticate)\(|httpx\.\w+\(|requests\.get\(/

/** The text between the braces, or the indented lines, that follow. */
const bodyAfter = (text: string, from: number): string => {
  const window = text.slice(from, from + maxBody)
  let depth = 0
  for (let at = 0; at < window.length; at++) {
    if (window[at] === '{' || window[at] === '(') depth++
    else if (window[at] === '}' || window[at] === ')') {
      depth--
      if (depth < 0) return window.slice(0, at)
    }
  }
  return ''
}

/** The place at which an inline handler of a path asks another service and fails with it; empty where none is seen. */
export const downstreamOf = (program: Program, path: string): string => {
  for (const { text, path: file } of program.source) {
    for (const quote of ['"', "'", '`']) {
      const at = text.indexOf(`${quote}${path}${quote},`)
      if (at < 0) continue
      const start = at + path.length + 2
      const body = bodyAfter(text, start)
      const call = asks.exec(body)
      if (call !== null && refuses.test(body)) return `${file}:${lineAt(text, start + call.index)}`
    }
  }
  return ''
}
