import * as z from 'zod'
import { defineFact } from './define.ts'

export const repository = defineFact({
  topic: 'repository',
  variable: 'repository',
  description: 'The evaluated tree as a whole. There is exactly one, whatever the tree holds.',
  schema: z.object({
    files: z.number().describe('Number of files, after the ignored paths are taken away'),
    deployable: z.boolean().describe('Whether it builds an image, a chart, or something else that runs'),
    readsEnvironmentFile: z.boolean().describe('Whether people keep a .env here: there is one, or a template of one'),
    tracksEnvironmentFile: z.boolean().describe('Whether a file named .env is tracked'),
    ignoresEnvironmentFile: z.boolean().describe('Whether .gitignore covers a .env at the root'),
    hasGitignore: z.boolean(),
    hasReadme: z.boolean(),
    hasLicense: z.boolean(),
    hasSecurityPolicy: z.boolean(),
    hasChangelog: z.boolean(),
    hasRunbook: z.boolean().describe('A runbook, an operations guide or incident instructions'),
    hasPipeline: z.boolean().describe('A configuration of a known continuous integration service'),
    hasCodeOwners: z.boolean(),
    hasDependencyUpdates: z.boolean().describe('Dependabot or Renovate is configured'),
    manifests: z.number().describe('Files that declare dependencies of a package manager'),
  }),
})

export const unjudgedFile = defineFact({
  topic: 'repository',
  variable: 'file',
  description: 'A file that belongs to a collector and that it could not read.',
  schema: z.object({
    topic: z.string().describe('Whose file it is: docker, compose, kubernetes, ...'),
    code: z.string().describe('Why, as a code: syntax, too-large, too-deep, encoding, binary, template, ...'),
    reason: z.string().describe('Why, in words'),
    repairable: z
      .boolean()
      .describe('False for a template that only another tool can render: nothing is wrong with it'),
  }),
})

export const brokenIgnore = defineFact({
  topic: 'repository',
  variable: 'comment',
  description: 'A `prodgate:` comment that is not of the form of an inline ignore, and so excuses nothing.',
  schema: z.object({ reason: z.string() }),
})

export const ignoreList = defineFact({
  topic: 'repository',
  variable: 'ignoreList',
  description: 'A .gitignore file.',
  schema: z.object({
    folder: z.string().describe('What it is about; empty for the root'),
    patterns: z.array(z.string()),
  }),
})

export const strayFile = defineFact({
  topic: 'repository',
  variable: 'stray',
  description: 'A file, or a folder of them, that does not belong in version control.',
  schema: z.object({
    kind: z.enum(['ignored', 'compiled', 'binary', 'editor', 'leftover', 'note', 'dependencies']),
    path: z.string().describe('The file, or the folder with a / at its end'),
    what: z.string(),
    files: z.number(),
    size: z.number().describe('Bytes, of all files'),
  }),
})

export const packageManifest = defineFact({
  topic: 'repository',
  variable: 'manifest',
  description: 'A file that declares dependencies, for a package manager that can lock them.',
  schema: z.object({
    manager: z.string(),
    dependencies: z.number(),
    lockFiles: z.array(z.string()).describe('Names that would lock it, beside it or in a folder above'),
    locked: z.boolean(),
  }),
})
