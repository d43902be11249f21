import * as z from 'zod'
import type { Delivery } from '../ports/store.ts'
import { CheckRunEvent, CheckSuiteEvent, onCheckRun, onCheckSuite } from './events/checks.ts'
import { CommentEvent, onComment } from './events/comment.ts'
import { onDeployment } from './events/deployment.ts'
import { DeploymentStatusEvent, onDeploymentStatus } from './events/deployment-status.ts'
import { InstallationEvent, onInstallation } from './events/installation.ts'
import { MergeGroupEvent, onMergeGroup } from './events/merge-group.ts'
import { onPullRequest, PullRequestEvent } from './events/pull-request.ts'
import { onPush, PushEvent } from './events/push.ts'
import { onWorkflowRun, WorkflowRunEvent } from './events/workflow-run.ts'
import type { GateWorld } from './world.ts'

/** Handles one event; says why where the payload does not fit. */
type Route = (world: GateWorld, delivery: Delivery) => Promise<string | undefined>

const route =
  <Shape extends z.ZodType>(shape: Shape, handle: (world: GateWorld, event: z.infer<Shape>) => Promise<void>): Route =>
  async (world, { payload }) => {
    const parsed = shape.safeParse(payload)
    if (!parsed.success) return z.prettifyError(parsed.error)
    await handle(world, parsed.data)
    return undefined
  }

const routes: Readonly<Record<string, Route>> = {
  pull_request: route(PullRequestEvent, onPullRequest),
  push: route(PushEvent, onPush),
  merge_group: route(MergeGroupEvent, onMergeGroup),
  check_suite: route(CheckSuiteEvent, onCheckSuite),
  check_run: route(CheckRunEvent, onCheckRun),
  workflow_run: route(WorkflowRunEvent, onWorkflowRun),
  issue_comment: route(CommentEvent, onComment),
  installation: route(InstallationEvent, onInstallation),
  installation_repositories: route(InstallationEvent, onInstallation),
  deployment_status: route(DeploymentStatusEvent, onDeploymentStatus),
  deployment_protection_rule: (world, { payload, receivedAt }) => onDeployment(world, payload, receivedAt),
}

/**
 * Handles one delivery that was kept. One that does not fit is logged and not tried again: it would not fit then either.
 * @throws where it has to be tried again
 */
export const deliveryJob = async (world: GateWorld, guid: string): Promise<void> => {
  const delivery = await world.store.deliveries.get(guid)
  if (delivery === undefined) return
  const { event, action } = delivery
  const handle = Object.hasOwn(routes, event) ? routes[event] : undefined
  const misfit = await handle?.(world, delivery)
  if (misfit !== undefined) world.log.error({ delivery: guid, event, action, misfit }, 'a delivery does not fit')
  await world.store.deliveries.handled(guid)
}
