import { asList, asMapping, asString, type Mapping } from '../shape.ts'

/** `on` as a string, a list or a map: the names of the events. */
export const readTriggers = (workflow: Mapping): string[] => {
  // YAML 1.1 tools write `on` as the boolean `true`.
  const value = workflow['on'] ?? workflow['true']
  const one = asString(value)
  if (one !== undefined) return [one]
  const list = asList(value)
  return list === undefined ? Object.keys(asMapping(value) ?? {}) : list.flatMap((item) => asString(item) ?? [])
}

/** Inputs of workflow_dispatch that take free text; a choice, a number or a boolean cannot carry a script. */
export const freeTextInputs = (workflow: Mapping): Set<string> => {
  const dispatch = asMapping(asMapping(workflow['on'])?.['workflow_dispatch'])
  const inputs = Object.entries(asMapping(dispatch?.['inputs']) ?? {})
  return new Set(
    inputs.flatMap(([name, input]) => {
      const type = asString(asMapping(input)?.['type']) ?? 'string'
      return type === 'string' ? [name.toLowerCase()] : []
    }),
  )
}

/** Events that outsiders cause and that run with the repository's secrets and token. */
const privileged = new Set([
  'pull_request_target',
  'workflow_run',
  'issue_comment',
  'issues',
  'discussion',
  'discussion_comment',
])

export const isPrivileged = (trigger: string): boolean => privileged.has(trigger)

/** Of those, the events after which a pull request's code may be checked out. */
export const withPullRequest = (triggers: readonly string[]): string =>
  triggers.find((trigger) => ['pull_request_target', 'workflow_run', 'issue_comment'].includes(trigger)) ?? ''

/** Events of pull requests alone: what is deployed then is a preview. */
export const onlyPullRequests = (triggers: readonly string[]): boolean =>
  triggers.length > 0 && triggers.every((trigger) => trigger === 'pull_request' || trigger === 'pull_request_target')
