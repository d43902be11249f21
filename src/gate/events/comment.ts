import * as z from 'zod'
import { runCommand } from '../commands/run.ts'
import type { GateWorld } from '../world.ts'
import { about, refOf, Sender } from './common.ts'

export const CommentEvent = z.object({
  ...about,
  action: z.string(),
  issue: z.object({ number: z.number().int(), pull_request: z.unknown().optional() }),
  comment: z.object({ id: z.number().int(), body: z.string().nullish(), user: Sender.nullish() }),
  sender: Sender,
})

/** Somebody wrote in a pull request. Edited comments and bots are no commands: nobody saw the one, nobody means the other. */
export const onComment = async (world: GateWorld, event: z.infer<typeof CommentEvent>): Promise<void> => {
  const { user, body, id } = event.comment
  if (event.action !== 'created' || event.issue.pull_request === undefined || event.issue.pull_request === null) return
  if (user === null || user === undefined || user.type === 'Bot' || user.login !== event.sender.login) return
  await runCommand(world, {
    ref: refOf(event),
    pullRequest: event.issue.number,
    comment: id,
    author: user.login,
    text: body ?? '',
  })
}
