import type { KubernetesObject } from './objects.ts'

/** What the usual agents of a node are called: they watch it, or give its pods network, storage, devices and logs. */
const agentName =
  /(?:^|-)(?:agent|exporter|cni|csi|cadvisor|calico|cilium|flannel|weave|antrea|multus|speaker|kube-proxy|kube-router|node-local-dns|nodelocaldns|fluentd?|fluent-bit|fluentbit|filebeat|metricbeat|promtail|vector|alloy|telegraf|falco|tetragon|datadog|newrelic|dynatrace|collector|log-?shipper|device-plugin|driver|problem-detector|node-termination-handler)(?:$|-)/i

/** Whether a workload serves the node that it is on, and so cannot do without some of it. */
export const isNodeAgent = ({ kind, namespace, name }: KubernetesObject): boolean =>
  kind === 'DaemonSet' && (namespace === 'kube-system' || agentName.test(name.slice(0, 253)))
