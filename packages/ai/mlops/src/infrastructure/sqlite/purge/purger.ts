import type { PurgeQuery, PurgeReport, Purger } from '../../../application/ports/purger.ts'
import { removeTree } from '../../artifacts/artifact-store.ts'
import type { BlobStore } from '../../artifacts/blob-store.ts'
import { sweepBlobs, sweepStrays } from '../../artifacts/sweep-blobs.ts'
import type { SqlRow } from '../driver.ts'
import type { TrackingContext } from '../tracking/tracking-context.ts'
import { isVersionHome } from './version-home.ts'

/** Things of one transaction: a purge of many must not keep other writers waiting. */
const AT_ONCE = 50

type Totals = { -readonly [Key in keyof Omit<PurgeReport, 'keptLocations'>]: number } & { keptLocations: string[] }

/** Purges the file and its artifacts. */
export function createPurger(context: TrackingContext & { readonly blobs: BlobStore }): Purger {
  return {
    purge: async (query = {}) => {
      const totals = { experiments: 0, runs: 0, loggedModels: 0, artifacts: 0, freedBytes: 0, keptLocations: [] }
      const purge = new Purge(context, query, totals)
      await purge.all('runs', RUNS, 'run')
      await purge.all('loggedModels', LOGGED_MODELS, 'logged_model')
      await purge.all('experiments', EXPERIMENTS, 'experiment')
      await purge.finish()
      return totals
    },
  }
}

// Of deleted experiments everything goes, of others what is deleted itself.
const GONE_EXPERIMENTS = `
  SELECT id FROM experiment
  WHERE stage = 'deleted' AND deleted_at < ?1 AND (?2 IS NULL OR id IN (SELECT value FROM json_each(?2))) AND ?3 IS NULL`
const IN_SCOPE = `
  (?2 IS NULL OR experiment IN (SELECT value FROM json_each(?2)))
  AND (?3 IS NULL OR run_id IN (SELECT value FROM json_each(?3)))`
const RUNS = `
  SELECT id, artifact_location FROM run
  WHERE (stage = 'deleted' AND deleted_at < ?1 AND ${IN_SCOPE}) OR experiment IN (${GONE_EXPERIMENTS}) LIMIT ?4`
const LOGGED_MODELS = `
  SELECT id, artifact_location FROM logged_model
  WHERE (stage = 'deleted' AND deleted_at < ?1 AND ${IN_SCOPE.replace('run_id', 'source_run_id')})
    OR experiment IN (${GONE_EXPERIMENTS}) LIMIT ?4`
const EXPERIMENTS = `SELECT id, NULL AS artifact_location FROM (${GONE_EXPERIMENTS}) WHERE id <> 0 LIMIT ?4`

class Purge {
  readonly #context: TrackingContext & { readonly blobs: BlobStore }
  readonly #query: PurgeQuery
  readonly #totals: Totals
  readonly #blobs = new Set<number>()

  constructor(context: TrackingContext & { readonly blobs: BlobStore }, query: PurgeQuery, totals: Totals) {
    this.#context = context
    this.#query = query
    this.#totals = totals
  }

  async all(
    what: 'runs' | 'loggedModels' | 'experiments',
    select: string,
    table: 'run' | 'logged_model' | 'experiment',
  ): Promise<void> {
    const { database } = this.#context
    const { deletedBefore = Number.MAX_SAFE_INTEGER, experimentIds, runIds } = this.#query
    const experiments = experimentIds === undefined ? null : JSON.stringify(experimentIds.map(Number))
    const runs = runIds === undefined ? null : JSON.stringify(runIds)
    for (;;) {
      const gone = await database.write(() => {
        const rows = database.sql(select).all(deletedBefore, experiments, runs, AT_ONCE)
        for (const row of rows) this.#remove(row, table)
        return rows.length
      })
      this.#totals[what] += gone
      if (gone < AT_ONCE) return
    }
  }

  async finish(): Promise<void> {
    const { database } = this.#context
    await database.write(() =>
      database.sql('DELETE FROM dataset WHERE NOT EXISTS (SELECT 1 FROM run_dataset WHERE dataset = dataset.id)').run(),
    )
    this.#totals.freedBytes = await sweepBlobs(this.#context, [...this.#blobs])
    await sweepStrays(this.#context)
  }

  #remove(row: SqlRow, table: 'run' | 'logged_model' | 'experiment'): void {
    const { database } = this.#context
    const id = Number(row['id'])
    if (table === 'run')
      for (const series of ['metric', 'series_chunk']) database.sql(`DELETE FROM ${series} WHERE run = ?`).run(id)
    database.sql(`DELETE FROM ${table} WHERE id = ?`).run(id)
    const location = row['artifact_location']
    if (typeof location === 'string' && this.#query.keepArtifacts !== true) this.#removeArtifacts(location)
  }

  #removeArtifacts(location: string): void {
    const { database, artifactRoot } = this.#context
    const path = location.startsWith(`${artifactRoot}/`) ? location.slice(artifactRoot.length + 1) : ''
    if (path === '' || isVersionHome(database, location)) {
      this.#totals.keptLocations.push(location)
      return
    }
    const blobs = removeTree(database, path)
    for (const blob of blobs) this.#blobs.add(blob)
    this.#totals.artifacts += blobs.length
  }
}
