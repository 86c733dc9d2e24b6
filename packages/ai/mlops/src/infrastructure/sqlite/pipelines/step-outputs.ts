import type { StoredOutput } from '../../../application/ports/pipeline-store.ts'
import type { StepOutputs } from '../../../application/ports/step-outputs.ts'
import type { Database } from '../database.ts'
import type { SqlRow } from '../driver.ts'

/** Answers in the file. */
export function createStepOutputs({ database }: { readonly database: Database }): StepOutputs {
  return {
    read: (digest) => database.read(() => readOutput(database, digest)),
    cached: (key) =>
      database.read(() => {
        const row = database
          .sql('SELECT o.* FROM pipeline_cache c JOIN pipeline_output o ON o.digest = c.output WHERE c.key = ?')
          .get(key)
        return row === undefined ? undefined : outputOf(row)
      }),
    prune: (before) =>
      database.write(() => {
        database.sql(`DELETE FROM pipeline_run WHERE status <> 'running' AND ended_at < ?`).run(Math.floor(before))
        database.sql('DELETE FROM pipeline_cache WHERE at < ?').run(Math.floor(before))
        return database
          .sql(
            `DELETE FROM pipeline_output WHERE digest NOT IN (SELECT output FROM pipeline_cache)
             AND digest NOT IN (SELECT output FROM pipeline_step WHERE output IS NOT NULL)
             AND digest NOT IN (SELECT input FROM pipeline_run)`,
          )
          .run().changes
      }),
  }
}

/** An answer by its digest. */
export function readOutput(database: Database, digest: string): StoredOutput | undefined {
  const row = database.sql('SELECT * FROM pipeline_output WHERE digest = ?').get(digest)
  return row === undefined ? undefined : outputOf(row)
}

/** Inside a write: keeps an answer once. */
export function keepOutput(database: Database, { digest, kind, body }: StoredOutput): void {
  database.sql('INSERT OR IGNORE INTO pipeline_output (digest, kind, body) VALUES (?, ?, ?)').run(digest, kind, body)
}

function outputOf(row: SqlRow): StoredOutput {
  const kind = row['kind'] as StoredOutput['kind'] // written by `keepOutput` only
  return { digest: String(row['digest']), kind, body: row['body'] as Uint8Array } // a BLOB column
}
