import * as z from 'zod'
import { defineFact } from './define.ts'

/** The name of a stage, as every fact of its instructions has it. */
export const stageName = z.string().describe('Alias after AS in lower case, or the index of the stage when it has none')
/** Whether the stage is deployed. */
export const ships = z
  .boolean()
  .describe(
    'Whether it is part of the image that is deployed: its stage is the final one or one that the final one builds on, and the Dockerfile does not say by its name or folder that it is for development or tests',
  )

/** Whether the stage is for development. */
export const development = z
  .boolean()
  .describe('Whether the Dockerfile or the stage says by its name or folder that it is for development or tests')

export const dockerStage = defineFact({
  topic: 'docker',
  variable: 'stage',
  description: 'One build stage of a Dockerfile, from its FROM to the next.',
  schema: z.object({
    name: stageName,
    final: z
      .boolean()
      .describe(
        'Whether the deployed image is this stage: the last whose name does not say that it is for development or tests',
      ),
    ships,
    development,
    base: z.string().describe('What stands after FROM, its variables filled in where they have a default'),
    baseImage: z.string().describe('The image at the root of the stages that it builds on; `scratch` for none'),
    baseComputed: z.boolean().describe('Whether only the build knows which image that is'),
    windows: z.boolean(),
    user: z.string().optional().describe('The effective USER at the end of the stage, through the stages it builds on'),
    runsAs: z
      .enum(['root', 'other', 'computed', 'unknown'])
      .describe(
        'What USER, or without one what is known of the base image, comes to. unknown: no USER, and nothing is known of the base image',
      ),
    numericUser: z.boolean().describe('Whether USER is a number, which Kubernetes can check for runAsNonRoot'),
    dropsPrivileges: z
      .string()
      .optional()
      .describe('The tool, such as gosu, that the image has or starts with to change to another user when it starts'),
    healthcheck: z.enum(['none', 'command', 'disabled']).describe('disabled: HEALTHCHECK NONE'),
    checkedBy: z
      .array(z.string())
      .describe('Compose services and Kubernetes containers that run the image and check its health themselves'),
    startedBy: z
      .array(z.string())
      .describe('Compose services and Kubernetes containers that run the image, those for development left out'),
    startedAsRoot: z
      .array(z.string())
      .describe(
        'Those of startedBy that leave the user to the image, or make it root; without a user, runAsNonRoot of one that would be root stops the pod',
      ),
    toolchain: z
      .string()
      .optional()
      .describe('The kind of compiler or build tool that the base image is there for, such as Go or Maven'),
    maintainer: z.boolean().describe('Whether it has a MAINTAINER instruction'),
  }),
})
