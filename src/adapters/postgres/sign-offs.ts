import type { SignOffs } from '../../ports/store.ts'
import type { Database } from './sql.ts'

/** Sign-offs in the database. A person signs a role off once for a commit. */
export const signOffs = (database: Database): SignOffs => ({
  add: async ({ repository, sha, environment, role, login, at }) => {
    await database.query(
      `insert into prodgate.sign_offs (repository, sha, environment, role, login, at) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing`,
      [repository, sha, environment, role, login, at.toISOString()],
    )
  },
  of: async (repository, sha, environment) => {
    const rows = await database.query(
      `select role, login, at from prodgate.sign_offs where repository = $1 and sha = $2 and environment = $3 order by at, role, login`,
      [repository, sha, environment],
    )
    return rows.map(({ role, login, at }) => ({
      repository,
      sha,
      environment,
      role: String(role),
      login: String(login),
      at: at as Date,
    }))
  },
})
