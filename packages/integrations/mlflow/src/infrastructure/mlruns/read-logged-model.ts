import { join } from 'node:path'

import type { LoggedModel } from '../../domain/logged-model.ts'
import { metricFile } from './metric-file.ts'
import { keyedFiles, keyedTexts, numberOf, readMeta, textOf } from './read-meta.ts'
import { locationOf } from './read-run.ts'

const STATUSES = ['PENDING', 'READY', 'UPLOAD_FAILED'] as const

/** A logged model's folder; undefined where it was deleted. @throws MlflowError `mlflow/unsupported-format` */
export async function readLoggedModel(folder: string): Promise<LoggedModel | undefined> {
  const meta = await readMeta(folder)
  if (textOf(meta, 'lifecycle_stage') === 'deleted') return undefined
  const [modelType, runId, message] = ['model_type', 'source_run_id', 'status_message'].map((name) =>
    textOf(meta, name),
  )
  const metrics: Array<LoggedModel['metrics'][number]> = []
  for (const key of await keyedFiles(join(folder, 'metrics'))) {
    for await (const points of metricFile(join(folder, 'metrics', key), key, true)) {
      for (const point of points) metrics.push({ ...point, runId: point.runId ?? '' })
    }
  }
  return {
    id: textOf(meta, 'model_id'),
    experimentId: textOf(meta, 'experiment_id'),
    name: textOf(meta, 'name'),
    ...(modelType ? { modelType } : {}),
    ...(runId ? { sourceRunId: runId } : {}),
    status: STATUSES[(numberOf(meta, 'status') ?? 1) - 1] ?? 'PENDING',
    ...(message ? { statusMessage: message } : {}),
    artifactLocation: locationOf(textOf(meta, 'artifact_location'), join(folder, 'artifacts')),
    createdAt: numberOf(meta, 'creation_timestamp') ?? 0,
    updatedAt: numberOf(meta, 'last_updated_timestamp') ?? 0,
    params: await keyedTexts(join(folder, 'params')),
    tags: await keyedTexts(join(folder, 'tags')),
    metrics,
  }
}
