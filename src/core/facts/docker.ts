import * as z from 'zod'
import { defineFact } from './define.ts'
import { development, ships, stageName } from './docker-stage.ts'

export const dockerBase = defineFact({
  topic: 'docker',
  variable: 'base',
  description:
    'An image from outside that a Dockerfile takes: of a FROM, a COPY --from or a RUN --mount. Not a stage, not scratch.',
  schema: z.object({
    stage: stageName,
    ships,
    development,
    instruction: z.enum(['FROM', 'COPY', 'RUN']),
    image: z.string().describe('As written, its variables filled in where they have a default'),
    computed: z.boolean().describe('Whether a part of it is known to the build alone'),
    name: z.string().describe('Without tag and digest'),
    tag: z.string().optional(),
    digest: z.string().optional(),
    movingTag: z.boolean().describe('Whether the tag names no version: latest, stable, lts, alpine, ...'),
    platform: z.string().optional().describe('The literal value of --platform; absent when it is a variable'),
    endOfLife: z
      .string()
      .optional()
      .describe('The day (ISO 8601) after which the version gets no security fixes, where it is known'),
  }),
})

export const dockerVariable = defineFact({
  topic: 'docker',
  variable: 'variable',
  description: 'One name that ENV or ARG sets, or a RUN exports. Its value is never held.',
  schema: z.object({
    stage: stageName,
    ships,
    development,
    instruction: z.enum(['ENV', 'ARG', 'RUN']),
    name: z.string(),
    namesSecret: z.boolean().describe('Whether the name is that of a password, a token or a key'),
    secret: z
      .enum(['none', 'weak', 'literal'])
      .describe('What its value is: no secret, a placeholder or well-known password, or a secret written out'),
    secretKind: z.string().optional().describe('What kind of secret: password, GitHub token, ...'),
    hasValue: z.boolean().describe('False for an ARG that the build has to give'),
    disablesTls: z.boolean().describe('Whether it makes programs accept any certificate'),
    developmentMode: z.boolean().describe('Whether it puts a framework into development or debug mode'),
  }),
})

export const dockerCopy = defineFact({
  topic: 'docker',
  variable: 'copy',
  description: 'One ADD or COPY instruction.',
  schema: z.object({
    stage: stageName,
    ships,
    development,
    instruction: z.enum(['ADD', 'COPY']),
    sources: z.array(z.string()),
    destination: z.string(),
    computed: z.boolean().describe('Whether a source or the destination is known to the build alone'),
    from: z.string().optional().describe('The stage or image of --from; absent for the build context'),
    wholeContext: z.boolean().describe('Whether it takes everything that the build context has'),
    remote: z.boolean().describe('Whether a source is fetched from the network: a URL or a git repository'),
    verified: z.boolean().describe('Whether what is fetched is held against --checksum, or is a git commit'),
    archive: z.boolean().describe('Whether a source is a local archive that ADD unpacks'),
    fileDestination: z.boolean().describe('Whether the destination reads as a file, to which no archive is unpacked'),
    secretFiles: z.array(z.string()).describe('Sources whose name is that of a file of secrets: .env, id_rsa, ...'),
    worldWritable: z.boolean().describe('Whether --chmod lets everybody write'),
  }),
})

export const dockerRun = defineFact({
  topic: 'docker',
  variable: 'run',
  description: 'One RUN instruction as a whole. Not of Windows stages.',
  schema: z.object({
    stage: stageName,
    ships,
    development,
    form: z.enum(['shell', 'exec', 'heredoc']),
    unguardedPipe: z.string().optional().describe('The program whose failure a pipe hides, since pipefail is not set'),
    ignoresErrors: z.boolean().describe('Whether it is a here-document of several commands without set -e'),
    staleIndex: z
      .enum(['none', 'update-alone', 'install-alone'])
      .describe('Whether apt-get update and apt-get install stand in different RUN instructions'),
  }),
})

export const dockerCommand = defineFact({
  topic: 'docker',
  variable: 'command',
  description:
    'One command of a RUN instruction, with pipes, lists, `$(…)` and `sh -c` taken apart. Not of Windows stages.',
  schema: z.object({
    stage: stageName,
    ships,
    development,
    program: z.string().describe('Without its folder; `pip` for pip3 and `python -m pip`'),
    verb: z.string().describe('The sub-command of programs that have them (install, ci); else empty'),
    options: z.array(z.string()).describe('Options without their values'),
    packages: z.array(z.string()).describe('What a package manager installs'),
    unpinned: z.array(z.string()).describe('Those packages that name no version'),
    sudo: z.boolean(),
    lockfile: z
      .enum(['none', 'kept', 'ignored'])
      .describe('Whether an install of all dependencies holds itself to the lock file; none for other commands'),
    leavesCache: z.boolean().describe('Whether a package manager leaves its index or downloads in the layer'),
    runsDownload: z.boolean().describe('Whether it is a shell that runs what is piped into it from the network'),
    skipsVerification: z.string().optional().describe('The option that takes certificates or signatures unchecked'),
    worldWritable: z.boolean().describe('Whether it lets everybody write to a file: chmod 777, o+w'),
    upgradesAll: z.boolean().describe('Whether it upgrades all packages of the distribution'),
  }),
})

export const dockerStart = defineFact({
  topic: 'docker',
  variable: 'start',
  description: 'One CMD or ENTRYPOINT instruction.',
  schema: z.object({
    stage: stageName,
    ships,
    development,
    instruction: z.enum(['CMD', 'ENTRYPOINT']),
    form: z.enum(['shell', 'exec']),
    effective: z.boolean().describe('Whether no later instruction of the stage takes its place'),
    program: z.string().describe('What it starts, without its folder'),
    execs: z.boolean().describe('Whether the process gets signals: exec form, or a shell that replaces itself'),
    shellMissing: z.boolean().describe('Whether it needs a shell that the image is known not to have'),
    image: z.string().describe('The image at the root of the stage'),
    developmentServer: z.string().optional().describe('The development server that it starts, such as `npm run dev`'),
  }),
})

export const dockerHealthcheck = defineFact({
  topic: 'docker',
  variable: 'healthcheck',
  description: 'One HEALTHCHECK instruction with a command.',
  schema: z.object({
    stage: stageName,
    ships,
    development,
    effective: z.boolean().describe('Whether no later instruction of the stage takes its place'),
    tools: z.array(z.string()).describe('The programs that it needs, of those whose presence can be judged'),
    missing: z.array(z.string()).describe('Those that the image is known not to have'),
    unsure: z.array(z.string()).describe('Those of which nothing is known'),
    image: z.string().describe('The image at the root of the stage'),
  }),
})

export const dockerWorkdir = defineFact({
  topic: 'docker',
  variable: 'workdir',
  description: 'One WORKDIR instruction.',
  schema: z.object({
    stage: stageName,
    ships,
    development,
    path: z.string(),
    computed: z.boolean().describe('Whether it begins with a variable that the build alone knows'),
    absolute: z.boolean(),
  }),
})

export const dockerPort = defineFact({
  topic: 'docker',
  variable: 'port',
  description: 'One port, or one range of ports, of an EXPOSE instruction.',
  schema: z.object({
    stage: stageName,
    ships,
    development,
    number: z.number().describe('The first of a range'),
    last: z.number().describe('The last of a range; else the same number'),
    protocol: z.string(),
  }),
})

export const dockerIgnoreFile = defineFact({
  topic: 'docker',
  variable: 'ignoreFile',
  description: 'A .dockerignore file.',
  schema: z.object({ patterns: z.array(z.string()).describe('In their order, without comments') }),
})

export const dockerContext = defineFact({
  topic: 'docker',
  variable: 'context',
  description: 'The build context of a Dockerfile that copies all of it.',
  schema: z.object({
    development,
    ships: z.boolean().describe('Whether the whole context is copied into the image that is deployed'),
    ignoreFile: z
      .string()
      .optional()
      .describe(
        'The .dockerignore that counts: of the Dockerfile itself, of its folder or of one above; the context is not known from the Dockerfile alone',
      ),
    uncovered: z
      .array(z.string())
      .describe('Names of files with secrets, and .git at the root of the repository, that it lets into the context'),
    atRoot: z.boolean().describe('Whether the context may be the root of the repository, with .git in it'),
    keepsEnvironment: z.boolean().describe('Whether a .env or a template of one is in the context'),
  }),
})
