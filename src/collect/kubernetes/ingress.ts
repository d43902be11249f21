import type { Place } from '../../core/facts/place.ts'
import { asList, asMapping, asStrings, asText, defined, type Mapping } from '../shape.ts'
import { annotationPrefix, judgeAnnotation } from './ingress-nginx.ts'
import { mappingsOf, placesOf, type KubernetesObject } from './objects.ts'
import { isComputed } from './recognise.ts'
import type { World } from './world.ts'

interface Backend {
  service: string
  port: string
  place: Place
}

/** A backend in the form of networking.k8s.io/v1, or of the beta APIs before it. */
const backendOf = (value: unknown, object: KubernetesObject): Backend[] => {
  const backend = asMapping(value)
  const service = asMapping(backend?.['service'])
  const name = asText(service?.['name']) ?? asText(backend?.['serviceName'])
  if (backend === undefined || name === undefined) return []
  const port = asMapping(service?.['port'])
  const place = service === undefined ? object.document.at(backend, 'serviceName') : object.document.at(service, 'name')
  return [
    {
      service: name,
      place,
      port: asText(port?.['number']) ?? asText(port?.['name']) ?? asText(backend['servicePort']) ?? '',
    },
  ]
}

const rulesOf = ({ spec }: KubernetesObject): Mapping[] => mappingsOf(spec['rules'])

const backendsOf = (object: KubernetesObject): Backend[] => [
  ...backendOf(object.spec['defaultBackend'] ?? object.spec['backend'], object),
  ...rulesOf(object).flatMap((rule) =>
    mappingsOf(asMapping(rule['http'])?.['paths']).flatMap((path) => backendOf(path['backend'], object)),
  ),
]

const hasPort = (service: KubernetesObject, wanted: string): boolean =>
  wanted === '' ||
  (asList(service.spec['ports']) ?? []).some((item) => {
    const port = asMapping(item)
    return asText(port?.['port']) === wanted || asText(port?.['name']) === wanted
  })

const emitBackends = (object: KubernetesObject, world: World): void => {
  for (const { service, port, place } of backendsOf(object)) {
    // A controller's own action, such as a redirect, is no Service.
    if (port === 'use-annotation') continue
    const found = [
      ...world.find('Service', service, object.namespace, object.path),
      ...world.find('Rollout', `${service}-service`, object.namespace, object.path),
    ]
    world.sink.fact({
      kind: 'kubernetes.ingress-backend',
      subject: object.id,
      place,
      value: {
        ingress: object.name,
        service,
        port,
        computed: isComputed(service) || isComputed(port) || (found.length === 0 && !world.complete),
        present: found.length > 0,
        portPresent: found.length === 0 || found.some((one) => hasPort(one, port)),
        servicesKept: world.hasKind('Service'),
      },
    })
  }
}

const emitAnnotations = (object: KubernetesObject, world: World): void => {
  for (const key of Object.keys(object.annotations)) {
    if (!key.startsWith(annotationPrefix)) continue
    const name = key.slice(annotationPrefix.length)
    world.sink.fact({
      kind: 'kubernetes.ingress-annotation',
      subject: object.id,
      place: object.document.at(object.metadata['annotations'], key),
      value: { ingress: object.name, name, ...judgeAnnotation(name) },
    })
  }
}

/** Annotations by which a load balancer or another controller gets the certificate. */
const certificateElsewhere =
  /^(alb\.ingress\.kubernetes\.io\/certificate-arn|networking\.gke\.io\/managed-certificates|ingress\.gcp\.kubernetes\.io\/pre-shared-cert|appgw\.ingress\.kubernetes\.io\/appgw-ssl-certificate|service\.beta\.kubernetes\.io\/aws-load-balancer-ssl-cert|traefik\.ingress\.kubernetes\.io\/router\.tls(\.certresolver)?|route\.openshift\.io\/termination|ingress\.cloud\.ibm\.com\/.*|nginx\.ingress\.kubernetes\.io\/ssl-passthrough)$/

const tlsOf = (object: KubernetesObject, hosts: readonly string[]): { tls: boolean; hostsWithoutTls: string[] } => {
  const entries = mappingsOf(object.spec['tls'])
  const covered = entries.map((entry) => asStrings(entry['hosts']))
  // An entry without hosts is the certificate for all of them.
  if (covered.some((list) => list.length === 0)) return { tls: true, hostsWithoutTls: [] }
  const names = new Set(covered.flat())
  const isCovered = (host: string): boolean => names.has(host) || names.has(host.replace(/^[^.]*\./, '*.'))
  return { tls: entries.length > 0, hostsWithoutTls: hosts.filter((host) => !isCovered(host)) }
}

/** Emits the facts of an Ingress: itself, what it sends requests to, and its annotations. */
export const emitIngress = (object: KubernetesObject, world: World): void => {
  const { annotations, spec, metadata } = object
  const nginx = (name: string): string | undefined => annotations[annotationPrefix + name]
  const hosts = [...new Set(rulesOf(object).flatMap((rule) => asText(rule['host']) ?? []))]
  const className = asText(spec['ingressClassName']) ?? annotations['kubernetes.io/ingress.class']
  const origin = nginx('cors-allow-origin')
  const written = metadata['annotations']
  world.sink.fact({
    kind: 'kubernetes.ingress',
    subject: object.id,
    place: object.place,
    places: placesOf(object.document, {
      tls: [spec, 'tls'],
      rules: [spec, 'rules'],
      redirect: [written, `${annotationPrefix}ssl-redirect`],
      cors: [written, `${annotationPrefix}enable-cors`],
    }),
    value: defined({
      name: object.name,
      namespace: object.namespace,
      className,
      nginx: className?.includes('nginx') ?? Object.keys(annotations).some((key) => key.startsWith(annotationPrefix)),
      hosts,
      ...tlsOf(object, hosts),
      tlsElsewhere: className === 'tailscale' || Object.keys(annotations).some((key) => certificateElsewhere.test(key)),
      redirectOff: nginx('ssl-redirect') === 'false' && nginx('force-ssl-redirect') !== 'true',
      corsEnabled: nginx('enable-cors') === 'true',
      corsAnyOrigin: origin === undefined || origin.split(',').some((one) => one.trim() === '*'),
      corsCredentials: nginx('cors-allow-credentials') !== 'false',
      snippets: Object.keys(annotations)
        .filter((key) => key.startsWith(annotationPrefix) && key.endsWith('-snippet'))
        .map((key) => key.slice(annotationPrefix.length)),
      hasRules: backendsOf(object).length > 0 || rulesOf(object).length > 0,
    }),
  })
  emitBackends(object, world)
  emitAnnotations(object, world)
}

/** Whether an Ingress is the one of Kubernetes, and not of a cluster's configuration. */
export const isIngress = ({ kind, group }: KubernetesObject): boolean =>
  kind === 'Ingress' && (group === 'networking.k8s.io' || group === 'extensions')
