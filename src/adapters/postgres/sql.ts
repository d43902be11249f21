/** What a statement gives. */
export type Rows = readonly Record<string, unknown>[]

/** Statements on one session or on any of a pool. Parameters are `$1`, `$2`, …. */
export interface Sql {
  query(text: string, parameters?: readonly unknown[]): Promise<Rows>
}

/** One PostgreSQL, a server or the embedded one. */
export interface Database extends Sql {
  kind: 'postgres' | 'pglite'
  /** Runs statements on one session, and all of them or none. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  /** Calls back whenever a channel is notified, until it is closed. `again` is called after each (re)subscription. */
  listen(channel: string, notified: (payload: string) => void, again: () => void): Promise<{ close(): Promise<void> }>
  close(): Promise<void>
}
