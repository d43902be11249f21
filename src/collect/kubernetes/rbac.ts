import type { Place } from '../../core/facts/place.ts'
import { asList, asMapping, asStrings, asText } from '../shape.ts'
import { placesOf, type KubernetesObject } from './objects.ts'
import type { World } from './world.ts'

const includes = (list: readonly string[], ...names: string[]): boolean =>
  list.includes('*') || names.some((name) => list.includes(name))

/** Named resources of an operator's own group: `*` on what it defined itself gives nothing of anybody else's. */
const isOwn = ({ groups, resources }: { groups: readonly string[]; resources: readonly string[] }): boolean =>
  !resources.includes('*') &&
  groups.length > 0 &&
  groups.every((group) => group.includes('.') && !group.endsWith('.k8s.io'))

const metricsGroup = /^(?:custom\.|external\.)?metrics\.k8s\.io$/

/** Metrics are only read, whatever verbs are given; an autoscaler's role cannot name them beforehand. */
const isMetrics = ({ groups }: { groups: readonly string[] }): boolean =>
  groups.length > 0 && groups.every((group) => metricsGroup.test(group))

/** Emits the fact of a Role or ClusterRole. */
export const emitRole = (object: KubernetesObject, { sink }: World): void => {
  const rules = (asList(object.value['rules']) ?? []).flatMap((item) => {
    const rule = asMapping(item)
    if (rule === undefined) return []
    const [verbs, resources, groups, names] = ['verbs', 'resources', 'apiGroups', 'resourceNames'].map((key) =>
      asStrings(rule[key]),
    )
    return [{ item: rule, verbs: verbs ?? [], resources: resources ?? [], groups: groups ?? [], names: names ?? [] }]
  })
  const anyVerb = rules.filter((rule) => rule.verbs.includes('*') && !isOwn(rule) && !isMetrics(rule))
  const anyResource = rules.filter((rule) => rule.resources.includes('*') && !isMetrics(rule))
  const starred = [...anyVerb, ...anyResource].map(({ item }) => object.document.at(item))
  const first = starred.reduce<Place | undefined>((a, b) => (a === undefined || b.line < a.line ? b : a), undefined)
  sink.fact({
    kind: 'kubernetes.role',
    subject: object.id,
    place: object.place,
    places: {
      ...placesOf(object.document, { rules: [object.value, 'rules'] }),
      ...(first === undefined ? {} : { wildcard: first }),
    },
    value: {
      kind: object.kind,
      name: object.name,
      wildcardVerbs: anyVerb.length > 0,
      wildcardResources: anyResource.length > 0,
      wildcardAll: rules.some(
        ({ verbs, resources, groups }) => verbs.includes('*') && resources.includes('*') && includes(groups),
      ),
      readsSecrets: rules.some(
        ({ verbs, resources, groups, names }) =>
          resources.includes('secrets') &&
          includes(groups, '') &&
          names.length === 0 &&
          includes(verbs, 'get', 'list', 'watch'),
      ),
      execsIntoPods: rules.some(
        ({ verbs, resources }) =>
          (resources.includes('pods/exec') || resources.includes('pods/attach')) && includes(verbs, 'create', 'get'),
      ),
      escalates: rules.some(({ verbs }) => ['escalate', 'bind', 'impersonate'].some((verb) => verbs.includes(verb))),
    },
  })
}

const everybody = new Set(['system:anonymous', 'system:unauthenticated', 'system:authenticated'])

const subjectsOf = (object: KubernetesObject): { kind: string; name: string }[] =>
  (asList(object.value['subjects']) ?? []).flatMap((item) => {
    const subject = asMapping(item)
    return subject === undefined ? [] : [{ kind: asText(subject['kind']) ?? '', name: asText(subject['name']) ?? '' }]
  })

/** Names of the accounts that a binding of the repository grants something. */
export const boundAccounts = (objects: readonly KubernetesObject[]): Set<string> =>
  new Set(
    objects
      .filter(({ kind }) => kind === 'RoleBinding' || kind === 'ClusterRoleBinding')
      .flatMap(subjectsOf)
      .filter(({ kind }) => kind === 'ServiceAccount')
      .map(({ name }) => name),
  )

/** Emits the fact of a RoleBinding or ClusterRoleBinding. */
export const emitRoleBinding = (object: KubernetesObject, { sink }: World): void => {
  const subjects = subjectsOf(object)
  const role = asText(asMapping(object.value['roleRef'])?.['name']) ?? ''
  sink.fact({
    kind: 'kubernetes.role-binding',
    subject: object.id,
    place: object.place,
    places: placesOf(object.document, { roleRef: [object.value, 'roleRef'], subjects: [object.value, 'subjects'] }),
    value: {
      kind: object.kind,
      name: object.name,
      role,
      clusterAdmin: role === 'cluster-admin',
      subjects: subjects.map(({ kind, name }) => `${kind}/${name}`),
      anonymous: subjects.some(({ name }) => everybody.has(name)),
      defaultAccount: subjects.some(({ kind, name }) => kind === 'ServiceAccount' && name === 'default'),
    },
  })
}
