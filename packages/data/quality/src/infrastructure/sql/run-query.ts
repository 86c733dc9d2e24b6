/** A row as a driver gives it. */
export type SqlRow = Readonly<Record<string, unknown>>

/** Runs one SELECT and gives its rows. Rejects with what the engine says; ends it when the signal is aborted, if it can. */
export type RunQuery = (
  sql: string,
  options: { readonly signal: AbortSignal | undefined },
) => Promise<ReadonlyArray<SqlRow>>
