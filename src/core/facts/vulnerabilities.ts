import * as z from 'zod'
import { defineFact } from './define.ts'

const severity = z.enum(['critical', 'high', 'medium', 'low', 'unknown']).describe("The scanner's own grade")

const where = {
  severity,
  artifact: z.string().describe('What was scanned: an image, a directory, a repository'),
  artifactType: z.string().describe('container_image, filesystem, repository, cyclonedx, ...'),
  target: z.string().describe('The part of the artifact: a lock file, a layer, the packages of the operating system'),
}

export const scan = defineFact({
  topic: 'vulnerabilities',
  variable: 'scan',
  description: 'One scan of one artifact.',
  schema: z.object({
    artifact: where.artifact,
    artifactType: where.artifactType,
    osFamily: z.string().optional().describe('Absent where no operating system was recognised'),
    osName: z.string().optional(),
    endOfLife: z.boolean().describe('Whether the operating system gets no more security updates'),
    results: z.number().describe('Parts of the artifact that the scanner recognised and looked at'),
    packages: z.boolean().describe('Whether packages were among them'),
    configuration: z.boolean().describe('Whether configuration files were among them'),
    critical: z.number().describe('Vulnerabilities of this severity'),
    high: z.number(),
    medium: z.number(),
    low: z.number(),
    unknown: z.number(),
    fixable: z.number().describe('Vulnerabilities of any severity with a fixed version'),
    misconfigurations: z.number(),
    secrets: z.number(),
    licenses: z.number(),
  }),
})

export const vulnerability = defineFact({
  topic: 'vulnerabilities',
  variable: 'vulnerability',
  description: 'One known vulnerability of one version of a package. The same in several targets of a scan is one.',
  schema: z.object({
    ...where,
    id: z.string().describe('CVE, GHSA or the vendor’s number'),
    packageName: z.string(),
    installed: z.string(),
    fixed: z.string().optional().describe('The versions that repair it; absent where there is none'),
    status: z
      .string()
      .describe('fixed, affected, will_not_fix, fix_deferred, end_of_life, not_affected, under_investigation, unknown'),
    class: z.string().describe('os-pkgs or lang-pkgs'),
    targets: z.number().describe('In how many targets of the scan it was found'),
    title: z.string().optional(),
  }),
})

export const misconfiguration = defineFact({
  topic: 'vulnerabilities',
  variable: 'misconfiguration',
  description: 'One failed check of a configuration file that was scanned.',
  schema: z.object({
    ...where,
    id: z.string(),
    title: z.string(),
    message: z.string().optional(),
    targetLine: z.number().optional().describe('Line in the scanned file'),
  }),
})

export const foundSecret = defineFact({
  topic: 'vulnerabilities',
  variable: 'secret',
  description: 'One secret that the scanner found. Its kind and its place; never its value.',
  schema: z.object({
    ...where,
    kind: z.string().describe("The scanner's rule that found it: aws-access-key-id, private-key, ..."),
    targetLine: z.number().optional().describe('Line in the scanned file'),
  }),
})

export const license = defineFact({
  topic: 'vulnerabilities',
  variable: 'license',
  description: 'One licence that the scanner graded.',
  schema: z.object({
    ...where,
    name: z.string(),
    category: z.string().describe('forbidden, restricted, reciprocal, notice, permissive, unencumbered, unknown'),
    packageName: z.string().optional(),
  }),
})
