import type { Answer } from './answer.ts'

export type Permission = 'admin' | 'write' | 'read' | 'none'

/** Who may do what, asked at the moment when it matters. */
export interface People {
  permission(login: string): Promise<Answer<Permission>>
  /** Whether somebody is an active member of `organisation/team`. */
  inTeam(team: string, login: string): Promise<Answer<boolean>>
}
