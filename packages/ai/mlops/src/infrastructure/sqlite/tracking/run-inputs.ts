import type { DatasetInput, ModelInput } from '../../../domain/dataset-input.ts'
import type { SqlRow } from '../driver.ts'
import type { TrackingContext } from './tracking-context.ts'

const CONTEXT_TAG = 'mlflow.data.context'

/** Links data to a run; data of the same name and digest is one in its experiment, and a link that is there stays. */
export function logDatasets({ database }: TrackingContext, run: SqlRow, datasets: ReadonlyArray<DatasetInput>): void {
  const experiment = Number(run['experiment'])
  for (const { name, digest, sourceType, source, schema, profile, tags } of datasets) {
    database
      .sql(
        `INSERT INTO dataset (experiment, name, digest, source_type, source, schema, profile) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (experiment, name, digest) DO NOTHING`,
      )
      .run(experiment, name, digest, sourceType, source, schema ?? null, profile ?? null)
    const id = database
      .sql('SELECT id FROM dataset WHERE experiment = ? AND name = ? AND digest = ?')
      .get(experiment, name, digest)?.['id']
    database
      .sql('INSERT INTO run_dataset (run, dataset, tags, context) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
      .run(Number(run['id']), Number(id), JSON.stringify(tags), tags[CONTEXT_TAG] ?? null)
  }
}

/** Links logged models to a run; a link that is there already stays as it is. */
export function logModels(
  { database }: TrackingContext,
  run: number,
  direction: 'input' | 'output',
  models: ReadonlyArray<ModelInput & { readonly step?: number }>,
): void {
  for (const { modelId, step = 0 } of models)
    database
      .sql(
        `INSERT INTO run_model (run, direction, model_id, step, position)
         VALUES (?1, ?2, ?3, ?4, (SELECT count(*) FROM run_model WHERE run = ?1)) ON CONFLICT DO NOTHING`,
      )
      .run(run, direction, modelId, step)
}
