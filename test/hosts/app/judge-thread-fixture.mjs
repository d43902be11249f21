// Answers as a judging thread does, or goes wrong in the ways in which one can.
/* oxlint-disable unicorn/require-post-message-target-origin -- a thread, and no window */
import { parentPort } from 'node:worker_threads'

const ways = {
  think: () => parentPort.postMessage({ answer: 'thought' }),
  throw: () => parentPort.postMessage({ error: 'out of paper' }),
  exit: () => process.exit(0),
  wait: () => setTimeout(() => undefined, 60_000),
  loop: () => {
    for (;;);
  },
  grow: () => {
    const kept = []
    for (;;) kept.push(Array.from({ length: 100_000 }, (_, index) => ({ index })))
  },
}
parentPort.on('message', (question) => ways[question]())
