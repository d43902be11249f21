import * as z from 'zod'
import { defineFact } from './define.ts'

export const sbom = defineFact({
  topic: 'sbom',
  variable: 'sbom',
  description: 'One bill of materials.',
  schema: z.object({
    format: z.enum(['cyclonedx', 'spdx']),
    specification: z.string().describe('The version of the format'),
    components: z.number().describe('What is listed, without the subject itself'),
    identified: z.number().describe('Components with a package URL or a CPE, by which scanners find them'),
    subject: z.string().optional().describe('What it is of: the name of an image, an application or a folder'),
    version: z.string().optional(),
    digest: z.string().optional().describe('sha256 of the image that it is of'),
    image: z.boolean().describe('Whether it says that it is of a container image'),
    tools: z.array(z.string()),
    scanned: z
      .enum(['yes', 'no', 'unknown'])
      .describe(
        'Whether the image is one that the vulnerability scans looked at; unknown where that cannot be compared',
      ),
    images: z.array(z.string()).describe('The images that were scanned'),
  }),
})
