import { describe, expect, test } from 'vitest'
import { MemoryConversation } from '../../../src/adapters/memory/pull-request-comments.ts'
import { explainComment, headOf, keepComment, markerOf } from '../../../src/hosts/action/comment.ts'
import type { Problem } from '../../../src/ports/answer.ts'

const actions = { id: 41_898_282, login: 'github-actions[bot]', bot: true }
const gate = { id: 9, login: 'acme-gate[bot]', bot: true }
const ada = { id: 6, login: 'ada', bot: false }
const mallory = { id: 5, login: 'mallory', bot: false }

const marker = markerOf('production', '.')
const body = `${headOf(marker)}\n### no-go`
const lost: Problem = { kind: 'unreachable', status: 502, message: 'Bad Gateway' }
const forbidden: Problem = { kind: 'forbidden', status: 403, message: 'Resource not accessible by integration' }

test.each([
  ['production', '.', '<!-- prodgate:production -->'],
  ['production', 'services/api', '<!-- prodgate:production:services%2Fapi -->'],
  ['a --> b', '.', '<!-- prodgate:a%20--%3E%20b -->'],
])('the marker of %s in %s', (environment, directory, expected) => {
  expect(markerOf(environment, directory)).toBe(expected)
})

describe('whose comment it is', () => {
  test.each([
    ['none yet', actions, [], 'created'],
    ['ours, with another verdict', actions, [{ author: actions, body: `${headOf(marker)}\n### go` }], 'edited'],
    [
      'ours, the same with the line ends of the web form',
      actions,
      [{ author: actions, body: body.replaceAll('\n', '\r\n') }],
      'unchanged',
    ],
    [
      'of another environment',
      actions,
      [{ author: actions, body: `${headOf(markerOf('prod', '.'))}\n### go` }],
      'created',
    ],
    [
      'an impostor before ours',
      actions,
      [
        { author: mallory, body },
        { author: actions, body },
      ],
      'unchanged',
    ],
    ['an impostor alone', actions, [{ author: mallory, body }], 'created'],
    ['an impostor, for a person with a token', ada, [{ author: mallory, body }], 'created'],
    ['the own one of a person with a token', ada, [{ author: ada, body: `${marker}\nold` }], 'edited'],
    ['of a deleted account', actions, [{ author: null, body }], 'created'],
    ['ours by the token of another app', gate, [{ author: gate, body: `${headOf(marker)}\nold` }], 'edited'],
    ["the App's", actions, [{ author: gate, body: `${marker}\n### go` }], 'left-to-app'],
    ['a bot that quotes the marker', actions, [{ author: gate, body: `> ${marker}\n` }], 'created'],
  ] as const)('%s', async (_, self, comments, kept) => {
    const listed = comments.map((comment, id) => ({ id, ...comment }))
    const conversation = new MemoryConversation(self, listed)
    expect(await keepComment(conversation, marker, body)).toEqual({ ok: true, value: kept })
    expect(conversation.comments).toHaveLength(comments.length + (kept === 'created' ? 1 : 0))
    expect(conversation.comments.filter(({ author }) => author === mallory).every((said) => said.body === body)).toBe(
      true,
    )
  })
})

test('a creation without an answer is tried again after a look', async () => {
  const conversation = new MemoryConversation(actions, [], { create: [lost] })
  expect(await keepComment(conversation, marker, body)).toEqual({ ok: true, value: 'created' })
  expect(conversation.calls).toEqual(['list', 'create', 'list', 'create'])
})

test('and given up after three', async () => {
  const conversation = new MemoryConversation(actions, [], { create: [lost, lost, lost] })
  expect(await keepComment(conversation, marker, body)).toEqual({ ok: false, problem: lost })
})

test('a refusal is explained, and not tried again', async () => {
  const conversation = new MemoryConversation(actions, [], { create: [forbidden] })
  expect(await keepComment(conversation, marker, body)).toEqual({ ok: false, problem: forbidden })
  expect(explainComment(forbidden)).toContain('fork')
})
