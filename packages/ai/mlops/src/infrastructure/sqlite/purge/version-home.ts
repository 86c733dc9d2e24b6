import type { Database } from '../database.ts'

/**
 * Whether a living version of a registered model has its files under the location: by its source, by `runs:/<run>/...`
 * of the run whose artifacts these are, or by the logged model they are of.
 */
export function isVersionHome(database: Database, location: string): boolean {
  const owner = location.split('/').at(-2) ?? ''
  const row = database
    .sql(
      `SELECT 1 FROM model_version WHERE deleted = 0 AND (
         model_id = ?1 OR source = ?2 OR (source >= ?2 || '/' AND source < ?2 || '0')
         OR (source >= 'runs:/' || ?1 || '/' AND source < 'runs:/' || ?1 || '0')) LIMIT 1`,
    )
    .get(owner, location)
  return row !== undefined
}
