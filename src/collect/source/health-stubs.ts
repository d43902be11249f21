import type { Sink, TextFile } from '../collector.ts'
import { lineAt } from './paths.ts'

const maxFound = 20

/**
 * A flag of a health check that is true whatever happens, beside the check that was taken out:
 * `dbReady := true // db.IsHealthy()`.
 */
const constant =
  /(?<![\w.'"])["']?(?<flag>\w{0,40}(?:[rR]eady|[hH]ealthy|[cC]onnected|[aA]live|_ok|OK|Up))["']?(?:\s{0,4}:\s?[A-Za-z]{4,7})?[ \t]{0,10}(?::=|=|:)[ \t]{0,10}[tT]rue[ \t]{0,4}[;,]?[ \t]{0,20}(?:\/\/|#)[ \t]{0,10}(?:await )?(?<check>[\w.]{3,80}(?:->\w{1,40})?\([^()\n]{0,80}\))/g

/** What a health check says without having looked, though the call that would look stands beside it as a comment. */
export const collectHealthStubs = ({ path, text }: TextFile, sink: Sink): void => {
  if (!/health|ready|readiness|liveness/i.test(text)) return
  for (const match of [...text.matchAll(constant)].slice(0, maxFound)) {
    const { flag = '', check = '' } = match.groups ?? {}
    sink.fact({
      kind: 'source.health-stub',
      subject: `check ${flag}`,
      place: { path, line: lineAt(text, match.index), column: 1 },
      value: { flag, check },
    })
  }
}
