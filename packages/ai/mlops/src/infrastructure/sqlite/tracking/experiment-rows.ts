import type { Experiment } from '../../../domain/experiment.ts'
import { isDeleted, notFound } from '../../../domain/refusals.ts'
import type { SqlRow } from '../driver.ts'
import { listedTexts } from '../grouped-rows.ts'
import { type TrackingContext, defaultLocation } from './tracking-context.ts'

const DIGITS = /^\d{1,15}$/

/** The row of an id, or undefined. */
export function findExperimentRow({ database }: TrackingContext, id: string): SqlRow | undefined {
  return DIGITS.test(id) ? database.sql('SELECT * FROM experiment WHERE id = ?').get(Number(id)) : undefined
}

/** The row of an active experiment. @throws MlopsError `mlops/not-found`, `mlops/invalid-state` */
export function activeExperimentRow(context: TrackingContext, id: string): SqlRow {
  const row = findExperimentRow(context, id)
  if (row === undefined) throw notFound('experiment', id)
  if (row['stage'] !== 'active') throw isDeleted('experiment', id)
  return row
}

/** Experiments with their tags, in the order of the rows. */
export function experimentsOf(context: TrackingContext, rows: ReadonlyArray<SqlRow>): ReadonlyArray<Experiment> {
  const tags = listedTexts(
    context.database,
    'experiment_tag',
    'experiment',
    rows.map((row) => Number(row['id'])),
  )
  return rows.map((row) => ({
    id: String(row['id']),
    name: String(row['name']),
    artifactLocation: locationOf(context, row),
    folder: String(row['folder']),
    lifecycleStage: row['stage'] === 'active' ? 'active' : 'deleted',
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
    tags: tags.get(Number(row['id'])) ?? {},
  }))
}

/** Where the experiment keeps artifacts. */
export function locationOf(context: TrackingContext, row: SqlRow): string {
  const location = row['artifact_location']
  return typeof location === 'string' ? location : defaultLocation(context, Number(row['id']))
}
