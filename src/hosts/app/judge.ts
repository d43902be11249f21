import type { Judge, Judgement, JudgeQuestion } from '../../ports/judge.ts'
import type { Metrics } from '../../ports/metrics.ts'
import { JudgeThreads } from './judge-threads.ts'
import { Room } from './room.ts'
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
  // While one commit is judged by each thread, the files of as many others come.
  const room = new Room(judges * 2)
  return {
    judge: (ask, signal) =>
      room.use(signal, async () => {
        const question = await ask()
        const start = performance.now()
        try {
          return await threads.ask(question, signal)
        } finally {
          metrics.judged((performance.now() - start) / 1000)
        }
      }),
    close: () => threads.close(),
  }
}
