import type { Permissions } from './state/types.ts'

/** What Prodgate asks for where it is installed with everything that it can do. */
export const prodgate: { permissions: Permissions; events: string[] } = {
  permissions: {
    actions: 'read',
    checks: 'write',
    contents: 'read',
    deployments: 'write',
    issues: 'write',
    members: 'read',
    pull_requests: 'write',
  },
  events: [
    'check_run',
    'check_suite',
    'deployment_protection_rule',
    'deployment_status',
    'issue_comment',
    'merge_group',
    'pull_request',
    'push',
    'workflow_run',
  ],
}
