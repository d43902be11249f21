import type { RepositoryRef } from '../../ports/repository-ref.ts'
import type { Gate, GateAnswer, Gates } from '../../ports/store.ts'
import type { Database, Rows } from './sql.ts'

// Both drivers read float8 as a number; ids of GitHub are far below 2^53.
const columns = `id::text, repository::float8, run::float8, attempt, environment, sha, ref, requested_at, deadline, wake,
  state, answer_state, answer_comment, reports, last_report`

const answerOf = (row: Rows[number]): GateAnswer | null =>
  row['answer_state'] === null
    ? null
    : { state: row['answer_state'] as GateAnswer['state'], comment: String(row['answer_comment']) }

const gateOf = (row: Rows[number]): Gate => ({
  id: String(row['id']),
  repository: Number(row['repository']),
  run: Number(row['run']),
  attempt: Number(row['attempt']),
  environment: String(row['environment']),
  sha: String(row['sha']),
  ref: JSON.parse(String(row['ref'])) as RepositoryRef,
  requestedAt: row['requested_at'] as Date,
  deadline: row['deadline'] as Date | null,
  wake: row['wake'] as Date | null,
  state: row['state'] as Gate['state'],
  answer: answerOf(row),
  reports: Number(row['reports']),
  lastReport: row['last_report'] as string | null,
})

/** Gates in the database. Every change names the state that it starts from. */
export const gates = (database: Database): Gates => ({
  open: async (key, ref, requestedAt) => {
    const values = [key.repository, key.run, key.attempt, key.environment, key.sha]
    const inserted = await database.query(
      `insert into prodgate.gates (repository, run, attempt, environment, sha, ref, requested_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning ${columns}`,
      [...values, JSON.stringify(ref), requestedAt.toISOString()],
    )
    if (inserted[0] !== undefined) return { gate: gateOf(inserted[0]), fresh: true }
    const [row] = await database.query(
      `select ${columns} from prodgate.gates
       where repository = $1 and run = $2 and attempt = $3 and environment = $4 and sha = $5`,
      values,
    )
    if (row === undefined) throw new Error('a gate is neither new nor known')
    return { gate: gateOf(row), fresh: false }
  },
  get: async (id) => {
    const [row] = await database.query(`select ${columns} from prodgate.gates where id = $1`, [id])
    return row === undefined ? undefined : gateOf(row)
  },
  unanswered: async (of) => {
    const rows = await database.query(
      `select ${columns} from prodgate.gates
       where state <> 'answered' and ($1::bigint is null or repository = $1) and ($2::text is null or sha = $2)
       order by requested_at limit 10000`,
      [of?.repository ?? null, of?.sha ?? null],
    )
    return rows.map(gateOf)
  },
  hold: async (id, { deadline, wake }) => {
    await database.query(`update prodgate.gates set deadline = $2, wake = $3 where id = $1 and state = 'deciding'`, [
      id,
      deadline.toISOString(),
      wake?.toISOString() ?? null,
    ])
  },
  settle: async (id, { state, comment }) => {
    await database.query(
      `update prodgate.gates set state = 'answering', answer_state = $2, answer_comment = $3
       where id = $1 and state = 'deciding'`,
      [id, state, comment],
    )
    const [row] = await database.query('select answer_state, answer_comment from prodgate.gates where id = $1', [id])
    const standing = row === undefined ? null : answerOf(row)
    if (standing === null) throw new Error('a gate that is to be answered is gone')
    return standing
  },
  tell: async (id, now, until) => {
    const rows = await database.query(
      `update prodgate.gates set telling_until = $3
       where id = $1 and state = 'answering' and (telling_until is null or telling_until <= $2) returning id`,
      [id, now.toISOString(), until.toISOString()],
    )
    return rows.length > 0
  },
  untold: async (id) => {
    await database.query('update prodgate.gates set telling_until = null where id = $1', [id])
  },
  answered: async (id) => {
    await database.query(
      `update prodgate.gates set state = 'answered', answered_at = now(), wake = null where id = $1 and state = 'answering'`,
      [id],
    )
  },
  takeReport: async (id, text, budget) => {
    const rows = await database.query(
      `update prodgate.gates set reports = reports + 1, last_report = $2
       where id = $1 and state = 'deciding' and reports < $3 and last_report is distinct from $2 returning id`,
      [id, text, budget],
    )
    return rows.length > 0
  },
})
