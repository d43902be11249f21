import type { Judge, Judgement, JudgeQuestion } from '../../ports/judge.ts'
import type { Metrics } from '../../ports/metrics.ts'
import { JudgeThreads } from './judge-threads.ts'
import type { Settings } from './settings.ts'

/** A judge who works in threads beside this module's bundle. */
export const threadedJudge = (
  { judges, judgeMilliseconds }: Settings,
  metrics: Metrics,
): Judge & { close(): Promise<void> } => {
  const threads = new JudgeThreads<JudgeQuestion, readonly Judgement[]>(
    new URL('app-judge.js', import.meta.url),
    judges,
    judgeMilliseconds,
  )
  return {
    judge: async (question, signal) => {
      const start = performance.now()
      try {
        return await threads.ask(question, signal)
      } finally {
        metrics.judged((performance.now() - start) / 1000)
      }
    },
    close: () => threads.close(),
  }
}
