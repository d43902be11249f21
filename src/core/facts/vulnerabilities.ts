import * as z from 'zod'
import { defineFact } from './define.ts'

const severity = z
  .enum(['critical', 'high', 'medium', 'low', 'unknown'])
  .describe("The scanner's own grade, or that of the CVSS score where it has no other; the gravest of several scanners")

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
    tool: z.string(),
    toolVersion: z.string().optional(),
    digest: z.string().optional().describe('sha256 of the image that was scanned'),
    osFamily: z.string().optional().describe('Absent where no operating system was recognised'),
    osName: z.string().optional(),
    endOfLife: z.boolean().describe('Whether the operating system gets no more security updates'),
    results: z
      .number()
      .optional()
      .describe(
        'Parts of the artifact that the scanner recognised and looked at: targets, lock files or packages. Absent where the format does not tell',
      ),
    packages: z.boolean().describe('Whether packages were among them'),
    configuration: z.boolean().describe('Whether configuration files were among them'),
    critical: z.number().describe('Vulnerabilities of this severity'),
    high: z.number(),
    medium: z.number(),
    low: z.number(),
    unknown: z.number(),
    fixable: z.number().describe('Vulnerabilities of any severity with a fixed version'),
    suppressed: z.number().describe('Vulnerabilities that the scanner was told to leave out'),
    unlisted: z
      .number()
      .describe('Vulnerabilities beyond those that are kept one by one; they are counted with the others'),
    misconfigurations: z.number(),
    secrets: z.number(),
    licenses: z.number(),
  }),
})

export const vulnerability = defineFact({
  topic: 'vulnerabilities',
  variable: 'vulnerability',
  description:
    'One known vulnerability of one version of a package. The same in several targets or found by several scanners is one.',
  schema: z.object({
    ...where,
    id: z.string().describe('CVE, GHSA or the vendor’s number'),
    packageName: z.string(),
    installed: z.string(),
    aliases: z.array(z.string()).describe('Other numbers of the same vulnerability'),
    fixed: z.string().optional().describe('The versions that repair it; absent where there is none, or none is named'),
    fix: z
      .enum(['available', 'none', 'unknown'])
      .describe('Whether there is a fix; unknown where the format does not tell'),
    published: z.string().optional().describe('The day (ISO 8601) on which it became known, where the scanner says so'),
    reach: z
      .enum(['called', 'imported', 'required', 'unknown'])
      .describe('How near the service comes to it, where the scanner looked: govulncheck follows the calls'),
    tools: z.array(z.string()).describe('The scanners that found it'),
    status: z
      .string()
      .describe('fixed, affected, will_not_fix, fix_deferred, end_of_life, not_affected, under_investigation, unknown'),
    class: z.string().describe('os-pkgs, lang-pkgs or unknown'),
    targets: z.number().describe('In how many targets of the scan it was found'),
    title: z.string().optional(),
  }),
})

export const suppressed = defineFact({
  topic: 'vulnerabilities',
  variable: 'suppressed',
  description: 'One vulnerability that a scanner found and was told to leave out.',
  schema: z.object({
    ...where,
    id: z.string(),
    packageName: z.string(),
    installed: z.string(),
    tool: z.string(),
    because: z.string().optional().describe('The reason that is given'),
    until: z.string().optional().describe('The day (ISO 8601) on which it counts again'),
    source: z.string().optional().describe('What says so: an ignore file, a VEX document'),
  }),
})

export const ignored = defineFact({
  topic: 'repository',
  variable: 'ignored',
  description: 'One entry of a scanner’s ignore file in the repository.',
  schema: z.object({
    tool: z.string(),
    id: z.string().describe('What is ignored: a number, or the words of the entry where it names none'),
    scope: z.enum(['vulnerability', 'everything']).describe('everything: no single vulnerability or rule is named'),
    because: z.string().optional().describe('The reason that is given, in the entry or in a comment beside it'),
    until: z.string().optional().describe('The last day (ISO 8601)'),
    canExpire: z.boolean().describe('Whether the format has a place for a date'),
  }),
})

export const total = defineFact({
  topic: 'vulnerabilities',
  variable: 'total',
  description: 'All scans together; not there where there is none.',
  schema: z.object({
    scans: z.number(),
    tools: z.array(z.string()),
    images: z.array(z.string()).describe('The container images that were scanned'),
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
