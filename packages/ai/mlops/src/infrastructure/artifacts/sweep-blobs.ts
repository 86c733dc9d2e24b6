import type { ArtifactContext } from './artifact-context.ts'

const AT_ONCE = 200

/**
 * Removes those of the blobs that no path names any more; answers the bytes set free. The paths' removal must be
 * committed before: a sweep that is undone leaves rows without files, which nothing names, but never the other way round.
 */
export async function sweepBlobs(
  { database, blobs }: Pick<ArtifactContext, 'database' | 'blobs'>,
  candidates: ReadonlyArray<number>,
): Promise<number> {
  let freed = 0
  for (let start = 0; start < candidates.length; start += AT_ONCE)
    await database.write(() => {
      const part = JSON.stringify(candidates.slice(start, start + AT_ONCE))
      for (const { id, sha256, size } of database.sql(UNUSED).all(part)) {
        database.sql('DELETE FROM blob WHERE id = ?').run(id ?? null)
        blobs.remove(String(sha256))
        freed += Number(size)
      }
    })
  return freed
}

const UNUSED = `
  SELECT id, sha256, size FROM blob b
  WHERE id IN (SELECT value FROM json_each(?)) AND NOT EXISTS (SELECT 1 FROM artifact WHERE blob = b.id)`

/** Removes blobs without a row, which writes left that were undone after the file had its name. */
export async function sweepStrays({ database, blobs }: Pick<ArtifactContext, 'database' | 'blobs'>): Promise<void> {
  const all = await blobs.list()
  for (let start = 0; start < all.length; start += AT_ONCE)
    await database.write(() => {
      for (const sha256 of all.slice(start, start + AT_ONCE))
        if (database.sql('SELECT 1 FROM blob WHERE sha256 = ?').get(sha256) === undefined) blobs.remove(sha256)
    })
}
