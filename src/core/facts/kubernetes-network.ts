import * as z from 'zod'
import { defineFact } from './define.ts'

const namespace = z.string().optional()

export const service = defineFact({
  topic: 'kubernetes',
  variable: 'service',
  description: 'One Service.',
  schema: z.object({
    name: z.string(),
    namespace,
    type: z.string().describe('ClusterIP where it is not written'),
    headless: z.boolean(),
    hasSelector: z.boolean(),
    selector: z.string().describe('As label=value, separated by commas'),
    selectorComputed: z
      .boolean()
      .describe(
        'Whether a variable stands in it, an operator makes the pods, or a manifest that may have them could not be read',
      ),
    selects: z.array(z.string()).describe('The workloads whose pods it selects'),
    workloadsKept: z.boolean().describe('Whether the repository has any workload that it could select'),
    missingTargets: z
      .array(z.string())
      .describe('Target ports that none of the selected containers has, though they declare ports'),
    externalIPs: z.array(z.string()),
    openToAll: z
      .boolean()
      .describe('Whether it is a LoadBalancer that is neither internal nor limited to source ranges'),
    nodePorts: z.array(z.number()),
  }),
})

export const ingress = defineFact({
  topic: 'kubernetes',
  variable: 'ingress',
  description: 'One Ingress.',
  schema: z.object({
    name: z.string(),
    namespace,
    className: z.string().optional().describe('spec.ingressClassName, or the old annotation'),
    nginx: z.boolean().describe('Whether it is for ingress-nginx, by its class or its annotations'),
    hosts: z.array(z.string()),
    tls: z.boolean().describe('Whether it has a tls section'),
    tlsElsewhere: z.boolean().describe("Whether annotations give the certificate to the cloud's load balancer"),
    hostsWithoutTls: z
      .array(z.string())
      .describe('Hosts of its rules that no tls entry names; empty where a tls entry names none'),
    redirectOff: z.boolean().describe('Whether an annotation turns the redirect from HTTP to HTTPS off'),
    corsEnabled: z.boolean(),
    corsAnyOrigin: z.boolean().describe('cors-allow-origin is * or, which means the same, not written'),
    corsCredentials: z.boolean().describe('ingress-nginx allows them unless they are turned off'),
    snippets: z.array(z.string()).describe('Annotations that inject configuration into nginx'),
    hasRules: z.boolean().describe('Whether it routes anything'),
  }),
})

export const ingressBackend = defineFact({
  topic: 'kubernetes',
  variable: 'backend',
  description: 'One Service that an Ingress sends requests to.',
  schema: z.object({
    ingress: z.string(),
    service: z.string(),
    port: z.string().describe('Number or name; empty where none is written'),
    computed: z.boolean().describe('Whether a variable stands in it, or a manifest that may have it could not be read'),
    present: z.boolean().describe('Whether the repository has the Service, or a kind of object that makes it'),
    portPresent: z.boolean().describe('Whether that Service has the port; true where it is not known'),
    servicesKept: z.boolean().describe('Whether the repository has any Service'),
  }),
})

export const ingressAnnotation = defineFact({
  topic: 'kubernetes',
  variable: 'annotation',
  description: 'One annotation of an Ingress that is in the name space of ingress-nginx.',
  schema: z.object({
    ingress: z.string(),
    name: z.string().describe('Without nginx.ingress.kubernetes.io/'),
    known: z.boolean().describe("Whether ingress-nginx's published list has it"),
    nearest: z.string().optional().describe('What may have been meant'),
  }),
})

export const networkPolicy = defineFact({
  topic: 'kubernetes',
  variable: 'policy',
  description: 'One NetworkPolicy.',
  schema: z.object({
    name: z.string(),
    namespace,
    selector: z.string().describe('Empty when it is for every pod of its namespace'),
    selectorComputed: z
      .boolean()
      .describe(
        'Whether a variable stands in it, an operator makes the pods, or a manifest that may have them could not be read',
      ),
    selects: z.array(z.string()).describe('The workloads whose pods it selects; empty where it is for every pod'),
    forAll: z.boolean().describe('Whether its podSelector is empty'),
    workloadsKept: z.boolean(),
    ignoredRules: z.array(z.string()).describe('Directions that it has rules for and that policyTypes leaves out'),
    emptyDirections: z.array(z.string()).describe('Directions in policyTypes without any rule: nothing may pass'),
    anyIngress: z.boolean().describe('Whether one of its ingress rules lets everything in'),
    anyEgress: z.boolean().describe('Whether one of its egress rules lets everything out'),
  }),
})

export const networkPolicyPeer = defineFact({
  topic: 'kubernetes',
  variable: 'peer',
  description: 'One podSelector in the from or to of a NetworkPolicy that is about its own namespace.',
  schema: z.object({
    policy: z.string(),
    direction: z.enum(['ingress', 'egress']),
    selector: z.string(),
    selectorComputed: z
      .boolean()
      .describe(
        'Whether a variable stands in it, an operator makes the pods, or a manifest that may have them could not be read',
      ),
    selects: z.array(z.string()),
    workloadsKept: z.boolean(),
  }),
})
