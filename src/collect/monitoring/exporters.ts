import type { Reading } from './reading.ts'

/** What exports the metrics that start with a prefix. */
interface Exporter {
  prefix: RegExp
  name: string
  /** Images that export them. */
  image?: RegExp
  /** Libraries or settings that make an application of the repository export them. */
  library?: RegExp
  /** Whether only an application on the JVM can. */
  jvm?: boolean
}

const exporters: readonly Exporter[] = [
  {
    prefix: /^pg_/,
    name: 'postgres-exporter',
    image: /postgres(?:ql)?[-_]exporter|pgexporter|cloudnative-pg|pgmonitor|alloy|grafana-agent/,
  },
  { prefix: /^mysql_/, name: 'mysqld-exporter', image: /mysqld?[-_]exporter|alloy|grafana-agent/ },
  { prefix: /^redis_/, name: 'redis_exporter', image: /redis[-_]exporter|alloy|grafana-agent|redis-enterprise/ },
  { prefix: /^mongodb_/, name: 'mongodb_exporter', image: /mongodb[-_]exporter|alloy|grafana-agent/ },
  { prefix: /^memcached_/, name: 'memcached_exporter', image: /memcached[-_]exporter|alloy|grafana-agent/ },
  { prefix: /^nginx_/, name: 'nginx-prometheus-exporter', image: /nginx.*exporter|ingress-nginx|nginx-ingress|vts/ },
  { prefix: /^probe_/, name: 'blackbox_exporter', image: /blackbox|alloy|grafana-agent/ },
  {
    prefix: /^node_(?!js)(?:cpu|memory|filesystem|disk|load|network|boot|uname|time|vmstat|systemd)/,
    name: 'node-exporter',
    image: /node[-_]exporter|alloy|grafana-agent/,
  },
  { prefix: /^container_/, name: 'cAdvisor', image: /cadvisor|alloy|grafana-agent/ },
  { prefix: /^kafka_consumergroup_/, name: 'kafka_exporter', image: /kafka[-_]exporter|kminion|alloy|grafana-agent/ },
  { prefix: /^elasticsearch_/, name: 'elasticsearch_exporter', image: /elasticsearch[-_]exporter|alloy|grafana-agent/ },
  {
    prefix: /^(?:hikaricp|jvm|tomcat|logback|spring|jdbc_connections)_|^http_server_requests_seconds/,
    name: 'micrometer-registry-prometheus',
    library: /micrometer|simpleclient|prometheus-metrics|opentelemetry|jmx_prometheus/i,
    jvm: true,
  },
]

/** What must be known of a repository before a missing exporter means anything. */
export interface World {
  reading: Reading
  /** Targets, discoveries or images that may export whatever they like. */
  strangers: string
  /** A thing that is scraped and not built here: it may export metrics of any name, but not those of an exporter. */
  foreign: string
}

const jvm = /(?:^|\/)(?:build\.gradle(?:\.kts)?|pom\.xml|[\w.-]*\.versions\.toml)$/
const prometheusRegistry =
  /micrometer-registry-(?:prometheus|otlp)|quarkus-(?:micrometer|smallrye-metrics)|micronaut-micrometer|simpleclient|prometheus-metrics|opentelemetry|jmx_prometheus|micrometer-registry-/i

const exports = ({ image, library, jvm: onJvm }: Exporter, { images, libraries, hosts }: Reading): boolean => {
  if (image !== undefined && [...images, ...hosts].some((name) => image.test(name))) return true
  if (library === undefined) return false
  const manifests = libraries.filter(({ path }) => onJvm !== true || jvm.test(path))
  // Without a build of its own, the application is somebody else's.
  if (onJvm === true && !manifests.some(({ text }) => /spring-boot|springframework\.boot/.test(text))) return true
  return manifests.some(({ text }) => (onJvm === true ? prometheusRegistry : library).test(text))
}

/** Metrics of Prometheus itself, of its targets, and of the client libraries. */
const own =
  /^(?:up|scrape_\w+|ALERTS\w*|prometheus_\w+|alertmanager_\w+|process_\w+|go_\w+|promhttp_\w+|python_\w+|nodejs_\w+|vector|time|kube_\w+|kubelet_\w+|apiserver_\w+|etcd_\w+|coredns_\w+|grafana_\w+|traefik_\w+|caddy_\w+|envoy_\w+|istio_\w+|rabbitmq_\w+|keycloak_\w+|otelcol_\w+|traces_\w+|calls_total|duration_\w+|loki_\w+|minio_\w+|nats_\w+|cert_?manager_\w+|certmanager_\w+|argocd_\w+|windows_\w+|base_\w+|vendor_\w+|application_\w+|target_info|http_\w+|grpc_\w+|rpc_\w+|spring_\w+|executor_\w+|system_\w+|disk_\w+|cache_\w+|kafka_\w+|aws_\w+|ssl_\w+|haproxy_\w+|jenkins_\w+|consul_\w+|vault_\w+|net_conntrack_\w+|gitlab_\w+|wmi_\w+|snmp_\w+|ipmi_\w+|smartctl_\w+|nvidia_\w+|DCGM_\w+|fluentd_\w+|fluentbit_\w+|velero_\w+|cilium_\w+|hubble_\w+|longhorn_\w+|ceph_\w+)$/

/** Endings that a client library adds to the name that the source has. */
const ending = /_(?:total|created|bucket|count|sum|seconds|milliseconds|bytes|ratio|info|max|min)$/

/** Whether a source that deals with metrics has the name, or what is left of it without what a library puts around it. */
const isNamed = (metric: string, words: ReadonlySet<string>): boolean => {
  let stem = metric.toLowerCase().replaceAll(':', '_')
  for (let round = 0; round < 4; round++) {
    // A namespace and a subsystem are words of their own, put before the name.
    for (let at = 0; at >= 0; at = stem.indexOf('_', at) + 1 || -1) {
      const rest = stem.slice(at)
      if (rest.length > 3 && words.has(rest)) return true
    }
    const shorter = stem.replace(ending, '')
    if (shorter === stem) return false
    stem = shorter
  }
  return false
}

/** Of the metrics that an alert reads, those that nothing exports, with what would; and why others cannot be told. */
export const silentMetrics = (
  metrics: readonly string[],
  { reading, strangers, foreign }: World,
): { silent: string[]; because: string } => {
  const silent: string[] = []
  let because = ''
  for (const metric of metrics) {
    if (reading.recorded.has(metric) || metric.includes(':')) continue
    const exporter = exporters.find(({ prefix }) => prefix.test(metric))
    if (exporter !== undefined ? exports(exporter, reading) : own.test(metric)) continue
    if (exporter === undefined && isNamed(metric, reading.words)) continue
    if (strangers !== '') because = strangers
    else if (exporter !== undefined) silent.push(`${metric} (${exporter.name})`)
    else if (foreign !== '') because = foreign
    else if (reading.sources === 0) because = 'the repository has no source that could emit it'
    else silent.push(`${metric} (its own source)`)
  }
  return { silent, because }
}
