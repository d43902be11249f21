import { asBoolean, asText, type Mapping } from '../shape.ts'
import { placesOf, type KubernetesObject } from './objects.ts'
import type { Workload } from './workloads.ts'
import type { World } from './world.ts'

const field = 'automountServiceAccountToken'

const accountName = (pod: Mapping): string =>
  asText(pod['serviceAccountName']) ?? asText(pod['serviceAccount']) ?? 'default'

const givesToken = (account: KubernetesObject): boolean => asBoolean(account.value[field]) === true

const leavesToken = (pod: Mapping): boolean => asBoolean(pod[field]) === undefined

const findAccount = ({ pod, object }: Workload, world: World): KubernetesObject | undefined =>
  world.find('ServiceAccount', accountName(pod), object.namespace, object.path)[0]

/** What a workload's pods run as, and whether they get the token of that account. */
export const accountOf = (
  workload: Workload,
  bound: ReadonlySet<string>,
  world: World,
): {
  serviceAccount: string
  serviceAccountKnown: boolean
  serviceAccountBound: boolean
  tokenMounted: boolean
  tokenByAccount: boolean
} => {
  const { pod } = workload
  const name = accountName(pod)
  const account = findAccount(workload, world)
  return {
    serviceAccount: name,
    serviceAccountKnown: account !== undefined,
    serviceAccountBound: bound.has(name),
    tokenMounted: asBoolean(pod[field]) ?? asBoolean(account?.value[field]) ?? true,
    tokenByAccount: account !== undefined && leavesToken(pod) && givesToken(account),
  }
}

/** Emits the fact of every ServiceAccount, with the workloads that leave it to the account whether they get its token. */
export const emitServiceAccounts = (bound: ReadonlySet<string>, world: World): void => {
  const takers = new Map<KubernetesObject, string[]>()
  for (const workload of world.workloads) {
    if (!leavesToken(workload.pod)) continue
    const account = findAccount(workload, world)
    if (account === undefined || !givesToken(account)) continue
    const list = takers.get(account)
    if (list === undefined) takers.set(account, [workload.id])
    else list.push(workload.id)
  }
  for (const object of world.objects) {
    if (object.kind !== 'ServiceAccount' || object.group !== '') continue
    world.sink.fact({
      kind: 'kubernetes.service-account',
      subject: object.id,
      place: object.place,
      places: placesOf(object.document, { [field]: [object.value, field] }),
      value: {
        name: object.name,
        ...(object.namespace === undefined ? {} : { namespace: object.namespace }),
        bound: bound.has(object.name),
        givesToken: givesToken(object),
        takers: [...new Set(takers.get(object))].sort(),
      },
    })
  }
}
