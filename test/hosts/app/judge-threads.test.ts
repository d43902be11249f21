import { afterEach, expect, test } from 'vitest'
import { JudgeThreads } from '../../../src/hosts/app/judge-threads.ts'

type Question = 'think' | 'loop' | 'throw' | 'exit' | 'grow' | 'wait'

const script = new URL('judge-thread-fixture.mjs', import.meta.url)
const open: JudgeThreads<Question, string>[] = []
const threads = (size: number, time: number): JudgeThreads<Question, string> => {
  const made = new JudgeThreads<Question, string>(script, size, time, 64)
  open.push(made)
  return made
}
const never = new AbortController().signal

afterEach(async () => {
  await Promise.all(open.splice(0).map((made) => made.close()))
})

test('questions are answered, more of them than there are threads', async () => {
  const judges = threads(2, 20_000)
  const answers = await Promise.all(Array.from({ length: 7 }, () => judges.ask('think', never)))
  expect(new Set(answers)).toEqual(new Set(['thought']))
})

test.each([
  ['loop', 300, 'judging took longer than 0.3 seconds'],
  ['throw', 20_000, 'out of paper'],
  ['exit', 20_000, 'judging ended without an answer'],
  ['grow', 20_000, 'judging broke'],
] as const)('%s: that question fails, and the next one is answered', async (question, time, reason) => {
  const judges = threads(1, time)
  await expect(judges.ask(question, never)).rejects.toThrow(reason)
  await expect.poll(() => judges.ask('think', never).catch(String)).toBe('thought')
})

test('who stops asking gets no answer, and closing ends every question', async () => {
  const judges = threads(1, 20_000)
  const stop = new AbortController()
  const first = judges.ask('wait', never)
  const second = judges.ask('think', stop.signal)
  stop.abort()
  await expect(second).rejects.toThrow('stopped')
  await Promise.all([expect(first).rejects.toThrow(/stopped|without an answer/), judges.close()])
  await expect(judges.ask('think', never)).rejects.toThrow('stopped')
})
