import { emitServiceAccounts } from './accounts.ts'
import { emitIngress, isIngress } from './ingress.ts'
import { applyNamespacePolicies, emitNetworkPolicy, isMeshPolicy, joinMeshPolicy } from './network-policies.ts'
import { emitObject } from './object-facts.ts'
import type { KubernetesObject } from './objects.ts'
import { boundAccounts, emitRole, emitRoleBinding } from './rbac.ts'
import { madeSecrets, noteNamedSecrets } from './references.ts'
import { emitAutoscaler, emitDisruptionBudget, joinScaledObject } from './scaling.ts'
import { emitEntries, emitSecret } from './secrets.ts'
import { emitService } from './services.ts'
import { emitPersistentVolume } from './volumes.ts'
import { emitWorkload } from './workload-facts.ts'
import type { World } from './world.ts'

/** Runs one object's part; a bug met at one object is that object's unknown and not the end of the run. */
const attempt = <T>(object: KubernetesObject, world: World, work: () => T): T | undefined => {
  try {
    return work()
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    world.sink.unjudged(object.place, 'collector', `could not be judged: ${what}`)
    return undefined
  }
}

const isNetworkPolicy = ({ kind, group }: KubernetesObject): boolean =>
  kind === 'NetworkPolicy' && (group === 'networking.k8s.io' || group === 'extensions')
const isRole = (kind: string): boolean => kind === 'Role' || kind === 'ClusterRole'
const isBinding = (kind: string): boolean => kind === 'RoleBinding' || kind === 'ClusterRoleBinding'

const emitOther = (object: KubernetesObject, world: World): void => {
  emitObject(object, world)
  if (isIngress(object)) emitIngress(object, world)
  else if (object.kind === 'Secret' || object.kind === 'ConfigMap') emitEntries(object, world)
  else if (object.kind === 'PersistentVolume') emitPersistentVolume(object, world)
  else if (isRole(object.kind)) emitRole(object, world)
  else if (isBinding(object.kind)) emitRoleBinding(object, world)
}

/**
 * Turns everything that was read into facts. In this order, as each step reads what the one before joined: autoscalers say how many
 * pods run, budgets and policies and Services say whose pods, and workloads tell it all.
 */
export const emitAll = (world: World): void => {
  const each = (wanted: (object: KubernetesObject) => boolean, work: (object: KubernetesObject) => void): void => {
    for (const object of world.objects) if (wanted(object)) attempt(object, world, () => work(object))
  }
  each(
    ({ kind }) => kind === 'HorizontalPodAutoscaler',
    (object) => emitAutoscaler(object, world),
  )
  each(
    ({ kind, group }) => kind === 'ScaledObject' && group === 'keda.sh',
    (object) => joinScaledObject(object, world),
  )
  each(
    ({ kind }) => kind === 'PodDisruptionBudget',
    (object) => emitDisruptionBudget(object, world),
  )
  each(
    ({ kind, group }) => kind === 'Service' && group === '',
    (object) => emitService(object, world),
  )
  const policies = world.objects.flatMap((object) => {
    if (isMeshPolicy(object)) return attempt(object, world, () => joinMeshPolicy(object, world)) ?? []
    return isNetworkPolicy(object) ? (attempt(object, world, () => emitNetworkPolicy(object, world)) ?? []) : []
  })
  applyNamespacePolicies(policies, world)
  const made = madeSecrets(world.objects)
  const bound = boundAccounts(world.objects)
  for (const workload of world.workloads)
    attempt(workload.object, world, () => emitWorkload(workload, made, bound, world))
  emitServiceAccounts(bound, world)
  each(
    () => true,
    (object) => emitOther(object, world),
  )
  each(
    ({ kind }) => kind !== 'Secret' && kind !== 'ConfigMap',
    (object) => {
      if (world.workloadOf(object) === undefined) noteNamedSecrets(object.value, world.used)
    },
  )
  each(
    ({ kind }) => kind === 'Secret',
    (object) => emitSecret(object, world),
  )
}
