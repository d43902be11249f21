import * as z from 'zod'
import type { People, Permission } from '../../ports/people.ts'
import { ask, type Api } from './api.ts'

const Level = z.object({ permission: z.string(), role_name: z.string().optional() })

/** GitHub's base roles. An organisation's own roles have a base that GitHub tells, and one that nobody knows gives nothing. */
const permissions: Record<string, Permission> = {
  admin: 'admin',
  maintain: 'write',
  write: 'write',
  triage: 'read',
  read: 'read',
}

const known = (name: string): Permission | undefined =>
  Object.hasOwn(permissions, name) ? permissions[name] : undefined

/** Who may do what, by GitHub's API. Needs `metadata: read`, and `members: read` of the organisation for teams. */
export const people = (api: Api): People => {
  const { owner, repo } = api
  return {
    permission: async (login) => {
      const answer = await ask(
        api,
        'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
        { owner, repo, username: login },
        { schema: Level, repeat: 'safe' },
      )
      if (!answer.ok) return answer
      const { permission, role_name: role = '' } = answer.value
      return { ok: true, value: known(permission) ?? (permission === 'none' ? 'none' : (known(role) ?? 'none')) }
    },
    inTeam: async (team, login) => {
      const [org = '', slug = '', more] = team.replace(/^@/, '').split('/')
      if (org === '' || slug === '' || more !== undefined)
        return { ok: false, problem: { kind: 'rejected', message: `${team} is not written organisation/team` } }
      const parameters = { org, team_slug: slug }
      const membership = await ask(
        api,
        'GET /orgs/{org}/teams/{team_slug}/memberships/{username}',
        { ...parameters, username: login },
        { schema: z.object({ state: z.string() }), repeat: 'safe' },
      )
      if (membership.ok) return { ok: true, value: membership.value.state === 'active' }
      if (membership.problem.kind !== 'missing') return membership
      // 404 is said of strangers, of teams that are not there, and to tokens that may not see members alike.
      const found = await ask(
        api,
        'GET /orgs/{org}/teams/{team_slug}/members',
        { ...parameters, per_page: 1 },
        { schema: z.array(z.unknown()), repeat: 'safe' },
      )
      if (found.ok) return { ok: true, value: false }
      const message = `the team ${team} is not there, or the App may not read members: ${found.problem.message}`
      return { ok: false, problem: { ...found.problem, message } }
    },
  }
}
