import * as z from 'zod'
import { defineFact } from './define.ts'

const because = z.string().describe('Why nobody can tell; empty otherwise')

export const script = defineFact({
  topic: 'operations',
  variable: 'script',
  description: 'One shell script.',
  schema: z.object({
    stopsAtErrors: z.boolean().describe('Whether it has `set -e`'),
    pipefail: z.boolean(),
    commands: z.number(),
    sourced: z.boolean().describe('Whether it only defines functions and variables for other scripts'),
    unattended: z.boolean().describe('Whether a workflow, a Dockerfile or a schedule of the repository runs it'),
  }),
})

export const counter = defineFact({
  topic: 'operations',
  variable: 'counter',
  description: 'One `((i++))` that stands as a command of its own in a shell script.',
  schema: z.object({
    name: z.string(),
    endsScript: z.boolean().describe('Whether errors end the script there, and the counter starts at zero'),
    more: z.number().describe('Later counters of the script that would end it as well'),
  }),
})

export const developerPath = defineFact({
  topic: 'operations',
  variable: 'found',
  description: 'A path in a shell script that exists on the machine of whoever wrote it.',
  schema: z.object({ path: z.string() }),
})

export const rollout = defineFact({
  topic: 'operations',
  variable: 'configuration',
  description: 'One `kubectl apply` of a ConfigMap or Secret in a script that also waits for a rollout.',
  schema: z.object({
    file: z.string(),
    afterWait: z.boolean().describe('Whether the script waits for pods before it applies what they may need'),
    waitLine: z.number(),
  }),
})

export const productionCommand = defineFact({
  topic: 'operations',
  variable: 'command',
  description: 'A `docker compose up` that a document gives under a heading about production.',
  schema: z.object({
    file: z.string().describe('The compose file that it starts'),
    heading: z.string(),
    development: z.string().describe('The words by which that file says that it is for development; empty for none'),
    settings: z.number().describe('Settings of that file that switch a framework to development'),
  }),
})

export const loadTest = defineFact({
  topic: 'operations',
  variable: 'test',
  description: 'One load test: a script for k6, Artillery, Locust, JMeter, or a shell script that runs hey, ab or wrk.',
  schema: z.object({
    tool: z.string(),
    thresholds: z.boolean().describe('Whether a result can fail it'),
  }),
})

export const loadTestCommand = defineFact({
  topic: 'operations',
  variable: 'command',
  description: 'A command of a document that runs a load test by its file.',
  schema: z.object({ tool: z.string(), file: z.string(), exists: z.boolean() }),
})

export const bindSource = defineFact({
  topic: 'operations',
  variable: 'source',
  description: 'A file or folder of the project that a compose service mounts, and that does not hold data.',
  schema: z.object({
    service: z.string(),
    purpose: z.string(),
    path: z.string().describe('From the root of the repository'),
    target: z.string(),
    file: z.boolean().describe('Whether it looks like a file. Docker makes a folder of its name where it is missing'),
    state: z.enum(['exists', 'missing', 'unknown']),
    because,
  }),
})

export const environmentFile = defineFact({
  topic: 'operations',
  variable: 'file',
  description: 'A file of variables that a compose service is given by env_file.',
  schema: z.object({
    service: z.string(),
    path: z.string().describe('From the root of the repository'),
    state: z.enum(['exists', 'missing', 'unknown']),
    because,
  }),
})

export const external = defineFact({
  topic: 'operations',
  variable: 'external',
  description: 'A network or volume that a compose file expects to be there already.',
  schema: z.object({
    kind: z.enum(['network', 'volume']),
    name: z.string(),
    state: z.enum(['created', 'other-name', 'unknown']),
    otherPath: z.string().describe('The compose file that has one of this name, and creates it under another'),
    otherName: z.string().describe('The name that it really gets'),
    because,
  }),
})

export const nginxInclude = defineFact({
  topic: 'operations',
  variable: 'include',
  description: 'A file that an nginx configuration of the repository includes by its name.',
  schema: z.object({
    file: z.string(),
    state: z.enum(['exists', 'missing', 'unknown']),
    because,
  }),
})

export const practice = defineFact({
  topic: 'operations',
  variable: 'practice',
  description: 'How the repository is operated, as one. There is exactly one where something is deployed.',
  schema: z.object({
    deploys: z.string().describe('What shows that it is deployed'),
    rollback: z.boolean().describe('Whether a document, script or workflow says how to roll back'),
  }),
})

export const dump = defineFact({
  topic: 'operations',
  variable: 'dump',
  description: 'One command of a script that dumps a database.',
  schema: z.object({
    tool: z.string(),
    errorsMixed: z.boolean().describe('Whether its messages go where the dump goes'),
    verbose: z.boolean().describe('Whether it is told to write messages even when all is well'),
    compressed: z.boolean(),
    keepsFailures: z.boolean().describe('Whether a failure in its pipe ends the script or is noticed'),
  }),
})

export const pipedPassword = defineFact({
  topic: 'operations',
  variable: 'password',
  description: 'A password variable that is set for one command of a pipe.',
  schema: z.object({
    variable: z.string(),
    givenTo: z.string(),
    neededBy: z.string().describe('The client later in the pipe that gets none; empty where none is'),
  }),
})

export const restore = defineFact({
  topic: 'operations',
  variable: 'restore',
  description: 'One command of a script that restores a database.',
  schema: z.object({
    tool: z.string(),
    input: z.enum(['plain', 'archive', 'unknown']).describe('What it is given: SQL text, or an archive of pg_dump'),
    fits: z.boolean(),
  }),
})

export const backup = defineFact({
  topic: 'operations',
  variable: 'backup',
  description: 'One script that makes backups of a database.',
  schema: z.object({
    tool: z.string(),
    scheduled: z.boolean().describe('Whether something of the repository runs it by the clock'),
    verified: z
      .enum(['restore', 'archive', 'none'])
      .describe('restore: by a restore or its list of contents; archive: only that it can be unpacked'),
    removesOld: z.boolean().describe('Whether it, or where it sends them, deals with old backups'),
    leavesHost: z.boolean().describe('Whether it, or another script for backups, copies them to another machine'),
  }),
})

export const datastores = defineFact({
  topic: 'operations',
  variable: 'data',
  description:
    'The databases that the repository itself runs to stay: with a volume and a restart policy, or in a cluster.',
  schema: z.object({
    products: z.array(z.string()),
    backups: z.array(z.string()).describe('What in the repository makes backups: tools, jobs, services, files'),
  }),
})

export const keptDump = defineFact({
  topic: 'operations',
  variable: 'dump',
  description: 'One SQL dump that is kept in the repository, opened as far as its first 4 MB.',
  schema: z.object({
    packed: z.boolean(),
    state: z
      .enum(['plain', 'messages', 'empty', 'broken', 'unknown'])
      .describe(
        'messages: lines that the program that made it wrote to standard error stand in it; broken: it cannot be unpacked; unknown: no SQL that is known',
      ),
    line: z.number().describe('The first line with a message; 0 for none'),
  }),
})
