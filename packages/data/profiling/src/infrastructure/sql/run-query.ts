/** A row as a driver gives it. */
export type SqlRow = Readonly<Record<string, unknown>>

/** Runs one SELECT and gives its rows. Rejects with what the engine says. */
export type RunQuery = (sql: string) => Promise<ReadonlyArray<SqlRow>>
