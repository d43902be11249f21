import { asList, asMapping, asStrings, defined } from '../shape.ts'
import { mappingsOf, placesOf, type KubernetesObject } from './objects.ts'
import { selectionOf } from './selection.ts'
import { describeSelector, isComputedSelector, isEmpty, selectorOf } from './selector.ts'
import type { World } from './world.ts'

/** What the NetworkPolicies for every pod of a namespace say; kept by namespace, so that no pod list is walked for them. */
export interface NamespacePolicies {
  namespace: string | undefined
  name: string
  ingress: boolean
  egress: boolean
}

const directions = ({ spec }: KubernetesObject): { ingress: boolean; egress: boolean } => {
  const types = asStrings(spec['policyTypes'])
  // Without policyTypes a policy is for what comes in, and for what goes out where it has egress rules.
  if (types.length === 0) return { ingress: true, egress: mappingsOf(spec['egress']).length > 0 }
  return { ingress: types.includes('Ingress'), egress: types.includes('Egress') }
}

const letsAllThrough = (rules: unknown, peers: 'from' | 'to'): boolean =>
  (asList(rules) ?? []).some((item) => {
    const rule = asMapping(item)
    return rule === undefined
      ? item === null
      : Object.keys(rule).length === 0 || (asList(rule[peers])?.length === 0 && rule['ports'] === undefined)
  })

const emitPeers = (object: KubernetesObject, world: World): void => {
  for (const [direction, peers] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const)
    for (const rule of asList(object.spec[direction]) ?? [])
      for (const item of asList(asMapping(rule)?.[peers]) ?? []) {
        const peer = asMapping(item)
        if (peer === undefined || asMapping(peer['podSelector']) === undefined || 'namespaceSelector' in peer) continue
        const selector = selectorOf(peer['podSelector'])
        if (isEmpty(selector)) continue
        world.sink.fact({
          kind: 'kubernetes.network-policy-peer',
          subject: object.id,
          place: object.document.at(peer, 'podSelector'),
          value: {
            policy: object.name,
            direction,
            selector: describeSelector(selector),
            selectorComputed:
              isComputedSelector(selector) || !world.complete || world.madeElsewhere(selector, object.namespace),
            selects: [...new Set(world.index.select(object.namespace, selector).map(({ id }) => id))].sort(),
            workloadsKept: world.workloadsKept(object.namespace),
          },
        })
      }
}

/** Joins a NetworkPolicy with the pods that it selects, and emits its facts. Returns it when it is for a whole namespace. */
export const emitNetworkPolicy = (object: KubernetesObject, world: World): NamespacePolicies | undefined => {
  const { spec, namespace, name } = object
  const selector = selectorOf(spec['podSelector'])
  const forAll = isEmpty(selector)
  const selected = forAll ? [] : world.index.select(namespace, selector)
  const limits = directions(object)
  for (const { policies } of selected) policies.push({ name, ...limits })
  world.sink.fact({
    kind: 'kubernetes.network-policy',
    subject: object.id,
    place: object.place,
    places: placesOf(object.document, {
      podSelector: [spec, 'podSelector'],
      policyTypes: [spec, 'policyTypes'],
      ingress: [spec, 'ingress'],
      egress: [spec, 'egress'],
    }),
    value: defined({
      name,
      namespace,
      ...selectionOf(selector, selected, object, world),
      forAll,
      workloadsKept: world.workloadsKept(namespace),
      ignoredRules: (['ingress', 'egress'] as const).filter((one) => !limits[one] && mappingsOf(spec[one]).length > 0),
      emptyDirections: (['ingress', 'egress'] as const).filter(
        (one) =>
          asStrings(spec['policyTypes']).some((type) => type.toLowerCase() === one) &&
          (asList(spec[one]) ?? []).length === 0,
      ),
      anyIngress: limits.ingress && letsAllThrough(spec['ingress'], 'from'),
      anyEgress: limits.egress && letsAllThrough(spec['egress'], 'to'),
    }),
  })
  emitPeers(object, world)
  return forAll ? { namespace, name, ...limits } : undefined
}

/** Gives every workload the policies that are for its whole namespace. */
export const applyNamespacePolicies = (policies: readonly NamespacePolicies[], world: World): void => {
  const byNamespace = new Map<string, Map<string, NamespacePolicies>>()
  for (const policy of policies) {
    const key = policy.namespace ?? ''
    const list = byNamespace.get(key) ?? new Map<string, NamespacePolicies>()
    byNamespace.set(key, list)
    // Side by side environments repeat names: what they say together is enough.
    const known = list.get(policy.name)
    list.set(
      policy.name,
      known === undefined
        ? policy
        : { ...policy, ingress: known.ingress || policy.ingress, egress: known.egress || policy.egress },
    )
  }
  if (byNamespace.size === 0) return
  const everywhere = [...byNamespace.values()].flatMap((list) => [...list.values()]).slice(0, 20)
  for (const { object, policies: own } of world.workloads) {
    const found =
      object.namespace === undefined
        ? everywhere
        : [object.namespace, ''].flatMap((name) => [...(byNamespace.get(name)?.values() ?? [])])
    own.push(...found.slice(0, 20))
  }
}

/** Policies of Cilium, Calico and Istio protect pods too; they are joined and not judged. */
export const joinMeshPolicy = (object: KubernetesObject, world: World): NamespacePolicies | undefined => {
  const { spec, namespace, name } = object
  const written = spec['endpointSelector'] ?? spec['selector']
  const rules = { name, ingress: true, egress: asList(spec['egress']) !== undefined }
  // Calico selects by an expression of its own; that it says something is enough.
  if (asMapping(written) === undefined || isEmpty(selectorOf(written))) return { namespace, ...rules }
  for (const { policies } of world.index.select(namespace, selectorOf(written))) policies.push(rules)
  return undefined
}

const meshKinds = new Set(['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy', 'AuthorizationPolicy'])

export const isMeshPolicy = ({ kind, group }: KubernetesObject): boolean =>
  meshKinds.has(kind) || (group.endsWith('projectcalico.org') && /^(Global)?NetworkPolicy$/.test(kind))
