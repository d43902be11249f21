import type { RepositoryRef } from '../../ports/repository-ref.ts'
import { markdownCode } from '../../render/markdown-text.ts'
import { valueOf } from '../forge-problem.ts'
import { reply } from '../reply.ts'
import type { GateWorld } from '../world.ts'
import { mayAsk, mayBeAnswered } from './allowance.ts'
import { explainText, type Explained } from './explain.ts'
import { helpText } from './help.ts'
import { parseCommand, type Command } from './parse.ts'
import { recheck } from './recheck.ts'
import { statusText, verdictsOn } from './status.ts'

/** A comment in a pull request, by a person. */
export interface Said {
  ref: RepositoryRef
  pullRequest: number
  comment: number
  author: string
  text: string
}

const writes = new Set<string>(['admin', 'write'])

const explain = async (world: GateWorld, { ref, pullRequest }: Said, word: string): Promise<string> => {
  const builtin = explainText(word, world.rules)
  if (!builtin.startsWith('There is no rule')) return builtin
  // One of the repository's own, perhaps.
  const pull = valueOf(await world.app.of(ref).pullRequests.get(pullRequest), 'the pull request')
  const results = (await verdictsOn(world, ref, pull)).flatMap(({ verdict }) => verdict?.report.results ?? [])
  const own = new Map(results.map((result): [string, Explained] => [result.rule, { ...result, id: result.rule }]))
  return explainText(word, [
    ...world.rules,
    ...[...own.values()].filter(({ id }) => !world.rules.some((rule) => rule.id === id)),
  ])
}

const answer = async (world: GateWorld, said: Said, command: Command): Promise<string | undefined> => {
  const { ref, pullRequest } = said
  if (command.name === 'help') return helpText()
  if (command.name === 'unknown')
    return `${markdownCode(`/prodgate ${command.word}`)} is nothing that can be asked.\n\n${helpText()}`
  if (command.name === 'explain') return await explain(world, said, command.rule)
  const pull = valueOf(await world.app.of(ref).pullRequests.get(pullRequest), 'the pull request')
  if (command.name === 'status') return statusText(pull, await verdictsOn(world, ref, pull))
  await recheck(world, ref, pull)
  return undefined
}

/** Does what a comment asks, where its author may at this moment. */
export const runCommand = async (world: GateWorld, said: Said): Promise<void> => {
  const command = parseCommand(said.text)
  if (command === undefined) return
  if (!(await mayAsk(world, said))) return
  const forge = world.app.of(said.ref)
  const permission = valueOf(await forge.people.permission(said.author), 'the permission of the author')
  if (!writes.has(permission) && !(await mayBeAnswered(world, said))) return
  const allowed = command.name === 'recheck' ? writes.has(permission) : permission !== 'none'
  // A reaction is a courtesy: that it is missing holds nothing up.
  await forge.react(said.comment, allowed ? 'eyes' : '-1')
  if (!allowed) {
    world.log.warn({ repository: said.ref.id, login: said.author, command: command.name }, 'a command of who may not')
    return
  }
  const text = await answer(world, said, command)
  if (text !== undefined) await reply(world, said.ref, said.pullRequest, String(said.comment), text)
}
