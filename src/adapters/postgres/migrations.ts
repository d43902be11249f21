import type { Database } from './sql.ts'

/**
 * The schema, step by step. A step that was released is never changed: a new one follows. Times are the App's own clock's.
 * Texts that hold JSON are `text`, since `jsonb` refuses the character 0, which a payload may hold.
 */
const steps: readonly string[] = [
  `
  create table prodgate.deliveries (
    guid text primary key,
    event text not null,
    action text,
    payload text not null,
    received_at timestamptz not null,
    handled_at timestamptz
  );
  create index deliveries_unhandled on prodgate.deliveries (received_at) where handled_at is null;

  create table prodgate.gates (
    id uuid primary key default gen_random_uuid(),
    repository bigint not null,
    run bigint not null,
    attempt int not null,
    environment text not null,
    sha text not null,
    ref text not null,
    requested_at timestamptz not null,
    deadline timestamptz,
    wake timestamptz,
    state text not null default 'deciding' check (state in ('deciding', 'answering', 'answered')),
    answer_state text check (answer_state in ('approved', 'rejected')),
    answer_comment text,
    answered_at timestamptz,
    reports int not null default 0,
    last_report text,
    check ((state = 'deciding') = (answer_state is null)),
    unique (repository, run, attempt, environment, sha)
  );
  create index gates_unanswered on prodgate.gates (repository, sha) where state <> 'answered';

  create table prodgate.sign_offs (
    repository bigint not null,
    sha text not null,
    environment text not null,
    role text not null,
    login text not null,
    at timestamptz not null,
    primary key (repository, sha, environment, role, login)
  );

  create table prodgate.memory (
    kind text not null,
    key text not null,
    value text not null,
    used_at timestamptz not null default now(),
    primary key (kind, key)
  );
  create index memory_by_use on prodgate.memory (used_at);
  `,
  `
  create index deliveries_by_time on prodgate.deliveries (received_at);
  create index gates_by_time on prodgate.gates (requested_at) where state = 'answered';
  create index memory_of_a_day on prodgate.memory (used_at) where kind in ('verdict', 'base');
  `,
  `
  alter table prodgate.gates add column telling_until timestamptz;
  `,
]

/** Any number that no other program on the database uses for its locks. */
const lock = 7_366_428_301

/** Brings the schema up to date. Many processes may start at once: one does it, and the others wait for it. */
export const migrate = async (database: Database): Promise<void> =>
  await database.transaction(async (sql) => {
    await sql.query('select pg_advisory_xact_lock($1::bigint)', [lock])
    await sql.query('create schema if not exists prodgate')
    await sql.query(
      'create table if not exists prodgate.migrations (step int primary key, applied_at timestamptz not null default now())',
    )
    const [newest] = await sql.query('select coalesce(max(step), 0)::int as step from prodgate.migrations', [])
    const done = Number(newest?.['step'])
    if (done > steps.length)
      throw new Error(`the database is of a newer version of Prodgate (step ${done}; this one knows ${steps.length})`)
    for (const [index, step] of steps.entries()) {
      if (index < done) continue
      // oxlint-disable-next-line no-await-in-loop -- each step builds on the one before
      await sql.query(step)
      // oxlint-disable-next-line no-await-in-loop -- as above
      await sql.query('insert into prodgate.migrations (step) values ($1)', [index + 1])
    }
  })
