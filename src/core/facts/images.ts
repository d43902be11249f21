import * as z from 'zod'
import { defineFact } from './define.ts'

const because = z.string().describe('Why nobody can tell; empty where it is known')
const development = z.boolean().describe('Whether a name says that it is for development or tests alone')

export const imageBuild = defineFact({
  topic: 'docker',
  variable: 'build',
  description:
    'One way in which an image is built: a service of a compose file, or a step of a workflow (for each run of its matrix that differs).',
  schema: z.object({
    by: z.enum(['compose', 'workflow']),
    development,
    known: z.boolean().describe('Whether the context is in the repository and is written out'),
    because,
    context: z.string().optional().describe('The folder, from the root of the repository; empty for the root'),
    contextExists: z.boolean(),
    dockerfile: z.string().optional().describe('Where the Dockerfile has to be'),
    dockerfileExists: z.boolean(),
    dockerfileMaybeMade: z.boolean().describe('Whether git ignores it, or an earlier step names it'),
    target: z.string().optional().describe('The stage that is built, where one is named'),
    targetFound: z.boolean().describe('Whether that Dockerfile has the stage'),
    stages: z.array(z.string()).describe('Names of the stages of that Dockerfile'),
    stagesKnown: z.boolean().describe('Whether the Dockerfile was read'),
  }),
})

export const copiedPath = defineFact({
  topic: 'docker',
  variable: 'copied',
  description: 'One path that an ADD or COPY takes from a build context, for each context that it is known to have.',
  schema: z.object({
    stage: z.string(),
    development,
    source: z.string().describe('As written'),
    path: z.string().describe('From the root of the repository'),
    context: z.string().describe('The context, from the root of the repository; `.` for the root'),
    by: z.string().describe('What builds with that context: a service or a step, and its file; empty for none known'),
    state: z
      .enum(['exists', 'missing', 'kept-out', 'unknown'])
      .describe('kept-out: it is there, and the .dockerignore of the context keeps it out'),
    ignoreFile: z.string().describe('The .dockerignore that keeps it out; else empty'),
    because,
    hint: z.string().describe('Where a file of that path is, seen from elsewhere; else empty'),
  }),
})

export const contextIgnoreFile = defineFact({
  topic: 'docker',
  variable: 'ignoreFile',
  description: 'A .dockerignore that stands beside a Dockerfile.',
  schema: z.object({
    used: z.boolean().describe('Whether it is at the root of a build context, or named after a Dockerfile'),
    contexts: z.array(z.string()).describe('The contexts that the Dockerfile beside it is known to be built with'),
    development,
  }),
})

export const builtPath = defineFact({
  topic: 'docker',
  variable: 'built',
  description: 'One path of the source that a command of a Dockerfile or a workflow builds or starts.',
  schema: z.object({
    command: z.string().describe('The program and its verb: go build'),
    target: z.string().describe('As written'),
    path: z.string().describe('From the root of the repository'),
    state: z.enum(['exists', 'missing', 'unknown']),
    gitIgnored: z.boolean().describe('Whether .gitignore covers the path that is missing'),
    because,
    development,
  }),
})

export const imageName = defineFact({
  topic: 'docker',
  variable: 'image',
  description:
    'One name of an image that a workflow, a compose file, a manifest or a Dockerfile hands to a container engine as it is.',
  schema: z.object({
    image: z.string().describe('As written, with what the workflow says filled in'),
    upper: z.enum(['yes', 'no', 'unknown']).describe('Whether the name, without host and tag, has capitals'),
    because: z.string().describe('Where it has them from, or why nobody can tell; else empty'),
  }),
})

export const startedProgram = defineFact({
  topic: 'docker',
  variable: 'started',
  description:
    'One program that a deployed image runs when it starts, of those whose presence can be judged: clients of databases and other tools, and programs of npm packages.',
  schema: z.object({
    stage: z.string(),
    development,
    program: z.string(),
    at: z.string().describe('Where it is called: CMD, start.sh:4, the script start of package.json'),
    state: z
      .enum(['present', 'missing', 'downloaded', 'unknown'])
      .describe('downloaded: npx fetches it whenever the image starts'),
    package: z.string().describe('The npm package that it is of; empty for a program of the system'),
    installed: z
      .enum(['all', 'production', 'traced', 'none', 'unknown'])
      .describe('Which packages of npm the image has; traced: the imports alone that a bundler found'),
    because,
  }),
})

export const startedFile = defineFact({
  topic: 'docker',
  variable: 'started',
  description: 'One script of the repository that a deployed image starts by its path.',
  schema: z.object({
    stage: z.string(),
    development,
    called: z.string().describe('As the image calls it'),
    path: z.string().describe('From the root of the build context'),
    at: z.string().describe('Where it is called'),
    exists: z.boolean(),
    executable: z
      .boolean()
      .describe('Whether it is in git, or the Dockerfile makes it so; true for one that is not there'),
  }),
})

export const fixedArchitecture = defineFact({
  topic: 'docker',
  variable: 'fixed',
  description: 'One place of a Dockerfile that says for which processor it builds.',
  schema: z.object({
    stage: z.string(),
    written: z.string().describe('GOARCH=amd64, --platform=linux/amd64'),
    architecture: z.string(),
    others: z.array(z.string()).describe('Other processors that a workflow builds the same Dockerfile for'),
    by: z.string().describe('The step that does; empty for none'),
  }),
})

export const toolchain = defineFact({
  topic: 'docker',
  variable: 'toolchain',
  description: 'The version of a language that an image or a workflow brings, beside what the source asks for.',
  schema: z.object({
    where: z.enum(['image', 'workflow']),
    development,
    language: z.enum(['Go', 'Node.js', 'Java', 'Python']),
    version: z.string().describe('As written'),
    required: z.string().optional().describe('What the manifest asks for; absent where no manifest is known'),
    manifest: z.string().describe('The file that asks for it, from the root; empty where none is known'),
    manifestLine: z.number(),
    satisfies: z.enum(['yes', 'no', 'unknown']),
    endOfLife: z.string().optional().describe('The day (ISO 8601) after which the version gets no security fixes'),
  }),
})

export const imageReference = defineFact({
  topic: 'workflows',
  variable: 'reference',
  description: 'One place where a workflow scans, runs or deploys an image that a workflow here pushes.',
  schema: z.object({
    use: z.enum(['scan', 'deploy']),
    image: z.string().describe('As written, with what the workflow says filled in'),
    state: z.enum(['pushed', 'tag-missing', 'name-missing', 'unknown']),
    pushed: z.array(z.string()).describe('The tags, or names, that are pushed'),
    because,
  }),
})

export const manifestImage = defineFact({
  topic: 'docker',
  variable: 'image',
  description: 'The image of a container of a manifest that is, by its name, one that a workflow here pushes.',
  schema: z.object({
    name: z.string().describe('Without the tag'),
    pushed: z.array(z.string()).describe('The nearest names that workflows push'),
    state: z.enum(['pushed', 'other-name', 'unknown']),
    because,
  }),
})

export const publicVariable = defineFact({
  topic: 'docker',
  variable: 'variable',
  description: "A variable that a bundler writes into the browser's code at build time, given to a running container.",
  schema: z.object({
    name: z.string(),
    framework: z.string(),
    dockerfile: z.string().describe('The Dockerfile that the image is built with; empty where it is not known'),
    built: z.enum(['yes', 'no', 'unknown']).describe('Whether a build is given it too'),
    because,
    development,
  }),
})
