import * as z from 'zod'
import { askJudge } from '../ask-judge.ts'
import { pressButton } from '../buttons.ts'
import type { GateWorld } from '../world.ts'
import { about, refOf, Sender, Sha } from './common.ts'

export const CheckSuiteEvent = z.object({ ...about, action: z.string(), check_suite: z.object({ head_sha: Sha }) })

export const CheckRunEvent = z.object({
  ...about,
  action: z.string(),
  check_run: z.object({ head_sha: Sha, name: z.string(), external_id: z.string().nullish() }),
  requested_action: z.object({ identifier: z.string() }).nullish(),
  sender: Sender,
})

/** Somebody wants all checks of a commit again. */
export const onCheckSuite = async (world: GateWorld, event: z.infer<typeof CheckSuiteEvent>): Promise<void> => {
  if (event.action === 'rerequested') await askJudge(world, refOf(event), event.check_suite.head_sha, 'rerequested')
}

/** Somebody wants a check again, or presses one of its buttons. */
export const onCheckRun = async (world: GateWorld, event: z.infer<typeof CheckRunEvent>): Promise<void> => {
  const ref = refOf(event)
  const { head_sha: sha, external_id: id, name } = event.check_run
  if (event.action === 'rerequested') return await askJudge(world, ref, sha, 'rerequested')
  const identifier = event.requested_action?.identifier
  if (event.action !== 'requested_action' || identifier === undefined) return
  const environment = id ?? name.replace(/^prodgate \/ /, '')
  await pressButton(world, { ref, sha, environment, identifier, sender: event.sender.login })
}
