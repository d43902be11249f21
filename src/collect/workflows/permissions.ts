import { asMapping } from '../shape.ts'

export interface Permissions {
  declared: boolean
  writeAll: boolean
  writes: string[]
}

export const undeclared: Permissions = { declared: false, writeAll: false, writes: [] }

/** Reads `permissions`: `read-all`, `write-all`, a map, or nothing at all, which takes every right away. */
export const readPermissions = (value: unknown): Permissions => {
  if (value === 'write-all') return { declared: true, writeAll: true, writes: [] }
  const scopes = Object.entries(asMapping(value) ?? {})
  return {
    declared: true,
    writeAll: false,
    writes: scopes.flatMap(([scope, level]) => (level === 'write' ? [scope] : [])),
  }
}

/** Scopes by which a workflow changes what others rely on. */
const farReaching = new Set([
  'contents',
  'packages',
  'actions',
  'deployments',
  'statuses',
  'checks',
  'security-events',
  'id-token',
  'attestations',
])

/** Of the scopes that a whole workflow may write, those that ought to be one job's. */
export const sharedWrites = ({ writes }: Permissions): string[] => writes.filter((scope) => farReaching.has(scope))
