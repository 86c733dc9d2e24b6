import type { TrackingContext } from './tracking-context.ts'

/** The tag that is the run's name. */
export const RUN_NAME_TAG = 'mlflow.runName'

/** Sets a tag of a run anew; the tag of the name renames it. Inside a write only. */
export function setRunTag({ database, words }: TrackingContext, run: number, key: string, value: string): void {
  database
    .sql(
      `INSERT INTO tag (run, key, value) VALUES (?, ?, ?)
       ON CONFLICT (run, key) DO UPDATE SET value = excluded.value`,
    )
    .run(run, words.idOf(key), value)
  if (key === RUN_NAME_TAG) database.sql('UPDATE run SET name = ? WHERE id = ?').run(value, run)
}

/** Removes a tag of a run; answers whether it was there. Inside a write only. */
export function deleteRunTag({ database, words }: TrackingContext, run: number, key: string): boolean {
  const word = words.find(key)
  if (word === undefined) return false
  return database.sql('DELETE FROM tag WHERE run = ? AND key = ?').run(run, word).changes > 0
}
