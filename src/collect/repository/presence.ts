import type { Collected } from '../collector.ts'
import type { FactValue } from '../../core/facts/index.ts'
import { ignoredBy } from './ignore-lists.ts'

// Where GitHub, and the tools themselves, look for them.
const anywhereAtTop = '^(?:\\.github/|docs?/)?'
const named = (pattern: string): RegExp => new RegExp(pattern, 'i')

const present = {
  hasReadme: named(`${anywhereAtTop}readme(?:\\.[a-z]+)*$`),
  hasLicense: named('^(?:licen[cs]e|copying|unlicense)(?:[-.][^/]*)?$|^licenses/'),
  hasSecurityPolicy: named(`${anywhereAtTop}security(?:\\.[a-z]+)?$|(?:^|/)\\.well-known/security\\.txt$`),
  hasChangelog: named(
    `${anywhereAtTop}(?:change-?log|changes|history|releases?(?:[-_]?notes)?|news)(?:\\.[a-z]+)?$|^\\.changeset/`,
  ),
  hasRunbook: named(
    '(?:^|/)[^/]*(?:run-?_?books?|play-?books?|on-?call|incident|operations|disaster[-_]?recovery)[^/]*(?:/.+)?\\.(?:md|adoc|rst|txt|org)$',
  ),
  hasPipeline: named(
    '^\\.github/workflows/[^/]+\\.ya?ml$|^\\.gitlab-ci\\.ya?ml$|(?:^|/)Jenkinsfile|^\\.circleci/config\\.yml$|^azure-pipelines[^/]*\\.ya?ml$|^bitbucket-pipelines\\.yml$|^\\.travis\\.yml$|^\\.drone\\.(?:yml|star)$|^\\.buildkite/|^cloudbuild\\.ya?ml$|^\\.woodpecker|^\\.tekton/|^\\.teamcity/|^\\.forgejo/workflows/|^\\.gitea/workflows/|^buildspec\\.ya?ml$',
  ),
  hasCodeOwners: named('^(?:\\.github/|docs/|\\.gitlab/)?CODEOWNERS$'),
  hasDependencyUpdates: named(
    '^\\.github/dependabot\\.ya?ml$|^(?:\\.github/|\\.gitlab/)?renovate\\.json5?$|^\\.renovaterc(?:\\.json5?)?$|^renovate-config\\.js$|^\\.pyup\\.ya?ml$|^\\.scala-steward\\.conf$',
  ),
  deployable: named(
    '(?:^|/)(?:Dockerfile|Containerfile)(?:\\.[^/]+)?$|(?:^|/)(?:docker-)?compose[^/]*\\.ya?ml$|(?:^|/)Chart\\.yaml$|(?:^|/)kustomization\\.ya?ml$|^(?:Procfile|app\\.ya?ml|fly\\.toml|vercel\\.json|netlify\\.toml|render\\.yaml|serverless\\.ya?ml)$',
  ),
} as const

// A compose file alone may hold all its values; a .env or a template shows that people keep one.
const readsEnvironmentFile = /(?:^|\/)\.env(?:\.[^/]+)?$|(?:^|\/)env\.(?:example|sample|template)$/i
const tracksEnvironmentFile = /(?:^|\/)\.env$/

/** What a repository has and lacks, by its paths alone. */
export const surveyPresence = (collected: Collected): Omit<FactValue<'repository'>, 'manifests'> => {
  const { files } = collected.tree
  const has = (pattern: RegExp): boolean => files.some(({ path }) => pattern.test(path))
  return {
    files: files.length,
    readsEnvironmentFile: has(readsEnvironmentFile),
    tracksEnvironmentFile: has(tracksEnvironmentFile),
    ignoresEnvironmentFile: ignoredBy(collected)('.env'),
    hasGitignore: collected.of('repository.ignore-list').length > 0,
    ...(Object.fromEntries(Object.entries(present).map(([name, pattern]) => [name, has(pattern)])) as Record<
      keyof typeof present,
      boolean
    >),
  }
}
