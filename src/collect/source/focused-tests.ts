import type { Sink, TextFile } from '../collector.ts'
import { lineAt } from './paths.ts'
import type { Language } from './languages.ts'

const maxFound = 20

/** What makes a runner leave every other test of the file, or of the run, out. At the start of a line: a string is no call. */
const focused: Partial<Record<Language, RegExp>> = {
  javascript:
    /^[ \t]{0,80}((?:it|test|describe|context|suite)(?:\.(?:concurrent|sequential))?\.only(?:\.each)?|fit|fdescribe|fcontext)\s{0,4}[(`]/gm,
  ruby: /^[ \t]{0,80}(fit|fdescribe|fcontext|(?:it|describe|context)\b[^\n]{0,200}, (?::focus|focus: true))\b[^\n]{0,40}\bdo\b/gm,
}

const runner: Partial<Record<Language, RegExp>> = {
  javascript: /\b(?:it|test|describe|fit|fdescribe|suite|context)\b/,
  ruby: /RSpec|\bdescribe\b/,
}

/** Tests that keep all others from running. Of test files. */
export const collectFocusedTests = ({ path, text }: TextFile, language: Language, sink: Sink): void => {
  const pattern = focused[language]
  if (pattern === undefined || runner[language]?.test(text) !== true) return
  for (const match of [...text.matchAll(pattern)].slice(0, maxFound)) {
    const call = (match[1] ?? '').split(/[\s(]/)[0] ?? ''
    // A helper of that name which the file makes is no runner's.
    if (call.startsWith('f') && new RegExp(`\\b(?:const|let|var|function|def)\\s+${call}\\b`).test(text)) continue
    const line = lineAt(text, match.index)
    sink.fact({
      kind: 'source.focused-test',
      subject: `test ${call}`,
      place: { path, line, column: 1 },
      value: { call },
    })
  }
}
