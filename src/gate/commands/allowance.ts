import type { Said } from './run.ts'
import type { GateWorld } from '../world.ts'

const hour = 3_600_000

/**
 * How many commands are looked at in an hour. GitHub lets an App write 500 things an hour, answers to deployments among them:
 * in a public repository anybody may read, and so ask, and must not use that up.
 */
const most = { of: 30, reader: 10, readers: 30 } as const

const isWithin = async (world: GateWorld, said: Said, who: string, limit: number): Promise<boolean> => {
  const { memory } = world.store
  const key = `${said.ref.id}/${Math.floor(world.clock.now().getTime() / hour)}/${who}`
  // A job that is tried again is the same command.
  await memory.add('commands', key, said.comment)
  const place = ((await memory.get('commands', key)) as number[]).indexOf(said.comment)
  if (place === limit) world.log.warn({ repository: said.ref.id, who }, 'more commands than are answered in an hour')
  return place >= 0 && place < limit
}

/** Whether an author's command is looked at, before anything is asked of the forge. */
export const mayAsk = (world: GateWorld, said: Said): Promise<boolean> =>
  isWithin(world, said, `of/${said.author.toLowerCase()}`, most.of)

/** Whether a command of somebody who may not write here is answered. */
export const mayBeAnswered = async (world: GateWorld, said: Said): Promise<boolean> =>
  (await isWithin(world, said, `reader/${said.author.toLowerCase()}`, most.reader)) &&
  (await isWithin(world, said, 'readers', most.readers))
