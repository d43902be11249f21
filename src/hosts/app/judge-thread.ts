import { parentPort } from 'node:worker_threads'
import { rules } from 'builtin-rules'
import { diskRenderer } from '../../adapters/disk/rendering/renderer.ts'
import { answerQuestion } from '../../judge-question.ts'
import type { JudgeQuestion, Judgement } from '../../ports/judge.ts'
import { version } from '../version.ts'
import { openArtifacts } from './artifacts.ts'
import type { ThreadAnswer } from './judge-threads.ts'

const answer = async (question: JudgeQuestion): Promise<ThreadAnswer<readonly Judgement[]>> => {
  try {
    // What was rendered for another repository's question is of no use, and not kept.
    const renderer = diskRenderer(process.env['PATH'] ?? '')
    return { answer: await answerQuestion(question, { rules, version, openArchives: openArtifacts, renderer }) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

parentPort?.on('message', (question: JudgeQuestion) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, and no window
  void answer(question).then((outcome) => parentPort?.postMessage(outcome))
})
