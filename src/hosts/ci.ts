/**
 * Which commits each CI service may say a run is about, by the variable that proves the service. The first is the one that
 * the service checks out by itself: for a pull request often the merge with the base, and not the head.
 */
const services: readonly { proof: string; commits: readonly string[] }[] = [
  { proof: 'GITHUB_ACTIONS', commits: ['GITHUB_SHA'] },
  { proof: 'GITLAB_CI', commits: ['CI_COMMIT_SHA', 'CI_MERGE_REQUEST_SOURCE_BRANCH_SHA'] },
  { proof: 'BUILDKITE', commits: ['BUILDKITE_COMMIT'] },
  { proof: 'CIRCLECI', commits: ['CIRCLE_SHA1'] },
  { proof: 'TF_BUILD', commits: ['BUILD_SOURCEVERSION', 'SYSTEM_PULLREQUEST_SOURCECOMMITID'] },
  { proof: 'BITBUCKET_BUILD_NUMBER', commits: ['BITBUCKET_COMMIT'] },
  { proof: 'JENKINS_URL', commits: ['GIT_COMMIT'] },
]

const isCommit = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/

/**
 * The commit that a CI service says this run is about; null outside of CI, and where the checkout stands elsewhere: then the
 * service's word is not about these files.
 * @param head the checkout's commit, whether or not its tree is clean; null where there is no checkout
 * @param more further commits that the event is about, such as a pull request's head that a workflow checks out by name
 */
export const ciCommit = (
  env: Readonly<Record<string, string | undefined>>,
  head: string | null,
  more: readonly string[] = [],
): string | null => {
  const service = services.find(({ proof }) => (env[proof] ?? '') !== '' && env[proof] !== 'false')
  if (service === undefined) return null
  const said = [...service.commits.map((name) => (env[name] ?? '').toLowerCase()), ...more].filter((one) =>
    isCommit.test(one),
  )
  if (head === null) return said[0] ?? null
  return said.includes(head) ? head : null
}
