/** A right or an event that the App asks for, and what a registration without it does not have. */
export interface Need {
  name: string
  /** What the App does with it. */
  reason: string
  /** What does not work without it. */
  turnsOff: string
}

/** `write` holds `read` too. */
export interface PermissionNeed extends Need {
  access: 'read' | 'write'
}

/** The permissions of `app.yml`, by their names in GitHub's API. No other is asked for. */
export const permissionNeeds: readonly PermissionNeed[] = [
  {
    name: 'actions',
    access: 'read',
    reason: 'reads workflow runs and their artifacts, which are the evidence',
    turnsOff:
      'evidence from pipelines, and the answers to deployments: a gate cannot tell which attempt of a run it is',
  },
  {
    name: 'checks',
    access: 'write',
    reason: 'keeps one check run for each environment',
    turnsOff: 'check runs, their annotations and their buttons',
  },
  {
    name: 'contents',
    access: 'read',
    reason: 'reads the files, the policy and the rules at the exact commit',
    turnsOff: 'everything: nothing is judged, and every deployment is held and then rejected',
  },
  {
    name: 'deployments',
    access: 'write',
    reason: 'answers deployment protection rules, and reads where a commit ran before (`soak`)',
    turnsOff: 'the gate: deployments wait for an answer that never comes. A soak is never met',
  },
  {
    name: 'issues',
    access: 'read',
    reason: 'lets the event `issue_comment` be asked for, which GitHub ties to it; no issue is read',
    turnsOff: 'commands in comments',
  },
  {
    name: 'members',
    access: 'read',
    reason: 'reads whether somebody belongs to the team that signs off',
    turnsOff: 'sign-offs by a team: a deployment that needs one is held, and then rejected',
  },
  {
    name: 'merge_queues',
    access: 'read',
    reason: 'is told when a merge queue asks for checks',
    turnsOff: 'check runs in merge queues: a queue that requires one waits until its own time is up',
  },
  {
    name: 'metadata',
    access: 'read',
    reason: 'names repositories and reads what somebody may do in them; GitHub adds it to every App',
    turnsOff: 'everything: no repository can be found',
  },
  {
    name: 'pull_requests',
    access: 'write',
    reason: 'reads pull requests, keeps one comment, reacts and answers to commands',
    turnsOff: 'the comment on pull requests, commands, and the comparison with the base branch',
  },
]

/** The events of `app.yml`. Those of the installation itself come without being asked for. */
export const eventNeeds: readonly Need[] = [
  {
    name: 'check_run',
    reason: 'somebody asks for a check again, or presses one of its buttons',
    turnsOff: 'the buttons of a check run, and its re-run',
  },
  {
    name: 'check_suite',
    reason: 'somebody asks for all checks again',
    turnsOff: 'the re-run of all checks',
  },
  {
    name: 'deployment_protection_rule',
    reason: 'a deployment asks to go on',
    turnsOff: 'the gate: deployments wait for an answer that never comes',
  },
  {
    name: 'deployment_status',
    reason: 'a deployment succeeds or fails, where a commit has to run first',
    turnsOff: 'news of a soak: that one begins, fails or is replaced is seen at the next look, within half an hour',
  },
  {
    name: 'issue_comment',
    reason: 'somebody writes a command below a pull request',
    turnsOff: 'commands in comments',
  },
  {
    name: 'merge_group',
    reason: 'a merge queue asks for checks',
    turnsOff: 'check runs in merge queues: a queue that requires one waits until its own time is up',
  },
  {
    name: 'pull_request',
    reason: 'a pull request is opened or changed, one from a fork included',
    turnsOff: 'verdicts on pull requests from forks, and the comment from the first minute on',
  },
  {
    name: 'push',
    reason:
      'a commit is judged as it arrives, so that its deployment is answered at once; pull requests are judged again where it changes their law',
    turnsOff: 'verdicts before a deployment asks: its first answer takes as long as judging does',
  },
  {
    name: 'workflow_run',
    reason: 'a run has finished and left its evidence',
    turnsOff: 'verdicts that follow the evidence: they change only when something else happens to the commit',
  },
]
