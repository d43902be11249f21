/** An API that Kubernetes no longer serves: since which version, and what took its place. */
export interface Removal {
  removedIn: string
  replacement?: string
}

const many = (apiVersion: string, kinds: readonly string[], removedIn: string, replacement?: string) =>
  kinds.map((kind): [string, Removal] => [
    `${apiVersion} ${kind}`,
    { removedIn, ...(replacement === undefined ? {} : { replacement }) },
  ])

/** From https://kubernetes.io/docs/reference/using-api/deprecation-guide/, as of Kubernetes 1.34. */
const removals = new Map<string, Removal>([
  ...many('extensions/v1beta1', ['Deployment', 'DaemonSet', 'ReplicaSet'], '1.16', 'apps/v1'),
  ...many('extensions/v1beta1', ['NetworkPolicy'], '1.16', 'networking.k8s.io/v1'),
  ...many('extensions/v1beta1', ['PodSecurityPolicy'], '1.16'),
  ...many('extensions/v1beta1', ['Ingress'], '1.22', 'networking.k8s.io/v1'),
  ...many('extensions/v1beta1', ['Job'], '1.16', 'batch/v1'),
  ...many('apps/v1beta1', ['Deployment', 'StatefulSet'], '1.16', 'apps/v1'),
  ...many('apps/v1beta2', ['Deployment', 'DaemonSet', 'ReplicaSet', 'StatefulSet'], '1.16', 'apps/v1'),
  ...many('networking.k8s.io/v1beta1', ['Ingress', 'IngressClass'], '1.22', 'networking.k8s.io/v1'),
  ...many('batch/v1beta1', ['CronJob'], '1.25', 'batch/v1'),
  ...many('batch/v2alpha1', ['CronJob'], '1.21', 'batch/v1'),
  ...many('policy/v1beta1', ['PodDisruptionBudget'], '1.25', 'policy/v1'),
  ...many('policy/v1beta1', ['PodSecurityPolicy'], '1.25'),
  ...many('autoscaling/v2beta1', ['HorizontalPodAutoscaler'], '1.25', 'autoscaling/v2'),
  ...many('autoscaling/v2beta2', ['HorizontalPodAutoscaler'], '1.26', 'autoscaling/v2'),
  ...many(
    'rbac.authorization.k8s.io/v1alpha1',
    ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'],
    '1.22',
    'rbac.authorization.k8s.io/v1',
  ),
  ...many(
    'rbac.authorization.k8s.io/v1beta1',
    ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'],
    '1.22',
    'rbac.authorization.k8s.io/v1',
  ),
  ...many(
    'admissionregistration.k8s.io/v1beta1',
    ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
    '1.22',
    'admissionregistration.k8s.io/v1',
  ),
  ...many('apiextensions.k8s.io/v1beta1', ['CustomResourceDefinition'], '1.22', 'apiextensions.k8s.io/v1'),
  ...many('apiregistration.k8s.io/v1beta1', ['APIService'], '1.22', 'apiregistration.k8s.io/v1'),
  ...many('certificates.k8s.io/v1beta1', ['CertificateSigningRequest'], '1.22', 'certificates.k8s.io/v1'),
  ...many('coordination.k8s.io/v1beta1', ['Lease'], '1.22', 'coordination.k8s.io/v1'),
  ...many('scheduling.k8s.io/v1alpha1', ['PriorityClass'], '1.17', 'scheduling.k8s.io/v1'),
  ...many('scheduling.k8s.io/v1beta1', ['PriorityClass'], '1.22', 'scheduling.k8s.io/v1'),
  ...many(
    'storage.k8s.io/v1beta1',
    ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'],
    '1.22',
    'storage.k8s.io/v1',
  ),
  ...many('storage.k8s.io/v1beta1', ['CSIStorageCapacity'], '1.27', 'storage.k8s.io/v1'),
  ...many('discovery.k8s.io/v1beta1', ['EndpointSlice'], '1.25', 'discovery.k8s.io/v1'),
  ...many('events.k8s.io/v1beta1', ['Event'], '1.25', 'events.k8s.io/v1'),
  ...many('node.k8s.io/v1beta1', ['RuntimeClass'], '1.25', 'node.k8s.io/v1'),
  ...many(
    'flowcontrol.apiserver.k8s.io/v1beta1',
    ['FlowSchema', 'PriorityLevelConfiguration'],
    '1.26',
    'flowcontrol.apiserver.k8s.io/v1',
  ),
  ...many(
    'flowcontrol.apiserver.k8s.io/v1beta2',
    ['FlowSchema', 'PriorityLevelConfiguration'],
    '1.29',
    'flowcontrol.apiserver.k8s.io/v1',
  ),
  ...many(
    'flowcontrol.apiserver.k8s.io/v1beta3',
    ['FlowSchema', 'PriorityLevelConfiguration'],
    '1.32',
    'flowcontrol.apiserver.k8s.io/v1',
  ),
])

/** Whether and when an API was removed. */
export const removalOf = (apiVersion: string, kind: string): Removal | undefined =>
  removals.get(`${apiVersion} ${kind}`)

/** Kinds of Kubernetes' own that live in a namespace. */
const namespaced = new Set([
  'ConfigMap',
  'CronJob',
  'DaemonSet',
  'Deployment',
  'Endpoints',
  'EndpointSlice',
  'HorizontalPodAutoscaler',
  'Ingress',
  'Job',
  'Lease',
  'LimitRange',
  'NetworkPolicy',
  'PersistentVolumeClaim',
  'Pod',
  'PodDisruptionBudget',
  'PodTemplate',
  'ReplicaSet',
  'ReplicationController',
  'ResourceQuota',
  'Role',
  'RoleBinding',
  'Secret',
  'Service',
  'ServiceAccount',
  'StatefulSet',
])

const builtInGroup =
  /^($|apps$|batch$|extensions$|policy$|autoscaling$|(networking|rbac\.authorization|coordination|discovery)\.k8s\.io$)/

export const isNamespaced = (group: string, kind: string): boolean => namespaced.has(kind) && builtInGroup.test(group)
