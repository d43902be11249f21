import type { Environment } from '../core/policy-file.ts'
import type { RepositoryRef } from '../ports/repository-ref.ts'
import { valueOf } from './forge-problem.ts'
import type { GateWorld } from './world.ts'

type Roles = Environment['sign-offs']

const same = (a: string, b: string): boolean => a.replace(/^@/, '').toLowerCase() === b.toLowerCase()

/** The roles that a person has at this moment. */
export const rolesOf = async (world: GateWorld, ref: RepositoryRef, roles: Roles, login: string): Promise<string[]> => {
  const { people } = world.app.of(ref)
  const found: string[] = []
  for (const { role, users, teams } of roles) {
    let has = users.some((user) => same(user, login))
    for (const team of teams) {
      if (has) break
      // oxlint-disable-next-line no-await-in-loop -- the first that says yes is enough
      has = valueOf(await people.inTeam(team.replace(/^@/, ''), login), `the members of ${team}`)
    }
    if (has) found.push(role)
  }
  return found
}

/** Who may sign off, for a person who may not. */
export const whoMay = (roles: Roles): string =>
  roles.map(({ role, users, teams }) => `${role}: ${[...users, ...teams].join(', ')}`).join('; ')
