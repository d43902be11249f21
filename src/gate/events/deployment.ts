import * as z from 'zod'
import { openGate, runOf, type GateRequest } from '../open-gate.ts'
import type { GateWorld } from '../world.ts'
import { about, refOf, Sha } from './common.ts'

/** What has to be there for an answer to reach whom it is for. */
const Minimal = z.object({
  ...about,
  environment: z.string().min(1),
  deployment_callback_url: z.string(),
})

const Whole = z.object({
  action: z.literal('requested'),
  sha: Sha.nullish(),
  deployment: z.object({ sha: Sha.nullish() }).nullish(),
})

/**
 * A deployment asks. A payload that is not as it should be is answered all the same where it says whom to answer.
 * @returns why it cannot even be answered; undefined where it can
 */
export const onDeployment = async (
  world: GateWorld,
  payload: unknown,
  requestedAt: Date,
): Promise<string | undefined> => {
  const minimal = Minimal.safeParse(payload)
  if (!minimal.success) return z.prettifyError(minimal.error)
  const run = runOf(minimal.data.deployment_callback_url)
  if (run === undefined) return 'the callback names no workflow run'
  const whole = Whole.safeParse(payload)
  const request: GateRequest = {
    ref: refOf(minimal.data),
    run,
    environment: minimal.data.environment,
    sha: whole.success ? (whole.data.sha ?? whole.data.deployment?.sha ?? undefined) : undefined,
    misfit: whole.success ? undefined : z.prettifyError(whole.error).split('\n')[0],
    requestedAt,
  }
  await openGate(world, request)
  return undefined
}
