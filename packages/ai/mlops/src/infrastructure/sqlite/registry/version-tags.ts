import type { RegistryContext } from './registry-context.ts'

/** Inside a write. @param id - of the version's row */
export function setVersionTag({ database }: RegistryContext, id: number, key: string, value: string): void {
  database
    .sql(
      `INSERT INTO model_version_tag (version, key, value) VALUES (?, ?, ?)
       ON CONFLICT (version, key) DO UPDATE SET value = excluded.value`,
    )
    .run(id, key, value)
}

/** Inside a write; a missing tag is harmless. @param id - of the version's row */
export function deleteVersionTag({ database }: RegistryContext, id: number, key: string): void {
  database.sql('DELETE FROM model_version_tag WHERE version = ? AND key = ?').run(id, key)
}
