import { expect, test } from 'vitest'
import { ciCommit } from '../../src/hosts/ci.ts'

const merge = 'a'.repeat(40)
const head = 'b'.repeat(40)
const github = { GITHUB_ACTIONS: 'true', GITHUB_SHA: merge }

test.each<[string, Record<string, string>, string | null, string[], string | null]>([
  ['outside of CI', { GITHUB_SHA: merge }, merge, [], null],
  ['a push', github, merge, [], merge],
  ['a pull request, at the merge commit that GitHub checks out', github, merge, [head], merge],
  ['a pull request whose head a workflow checks out', github, head, [head], head],
  ['a checkout that stands elsewhere', github, 'c'.repeat(40), [head], null],
  ['no checkout', github, null, [], merge],
  ['GitLab', { GITLAB_CI: 'true', CI_COMMIT_SHA: merge }, merge, [], merge],
  ['Jenkins', { JENKINS_URL: 'https://ci.clinic.example', GIT_COMMIT: merge }, merge, [], merge],
  ['Buildkite', { BUILDKITE: 'true', BUILDKITE_COMMIT: merge }, merge, [], merge],
  ['Buildkite that only says HEAD', { BUILDKITE: 'true', BUILDKITE_COMMIT: 'HEAD' }, merge, [], null],
  ['CircleCI', { CIRCLECI: 'true', CIRCLE_SHA1: merge }, merge, [], merge],
  ['Azure', { TF_BUILD: 'True', BUILD_SOURCEVERSION: merge }, merge, [], merge],
  ['switched off', { GITHUB_ACTIONS: 'false', GITHUB_SHA: merge }, merge, [], null],
])('%s', (_, env, at, more, expected) => expect(ciCommit(env, at, more)).toBe(expected))
