import type { DetectionResult, ModelSummary } from '@nomaly/ai-anomaly-detection'
import type { BasicAnomalyDetectionServices } from '@nomaly/configuration-anomaly-detection-basic'
import type { JobContext } from '@nomaly/integration-sqlite'

import { jobEvent } from './job-event.ts'
import { type JobInput, jobInputs, type ThreadJob } from './job-inputs.ts'
import { datasetOf, opened, optionsOf, quiet } from './thread-work.ts'

const MOST_TOLD = 1000

/** Fits a detector and keeps it; an attempt that finds that an earlier one has kept it tells of that one. */
export async function runTrain({ dataPath, file, rows, input }: ThreadJob, context: JobContext): Promise<unknown> {
  const request = jobInputs.train.parse(input)
  const { services, close } = opened(dataPath, quiet, context.id)
  try {
    const before = (await services.models.list()).find(({ id, name }) => id === context.id && name === request.name)
    const model = before ?? (await trained({ file, rows, request }, services, context))
    const { id, name, version, algorithm, threshold, features } = model
    const event = { modelId: id, name, version, algorithm, rows: model.metrics['rows'], features }
    context.emit(jobEvent('nomaly.model.trained', id, event))
    return { model: { id, name, version, algorithm, threshold } }
  } finally {
    await close()
  }
}

async function trained(
  { file, rows, request }: Pick<ThreadJob, 'file' | 'rows'> & { readonly request: JobInput<'train'> },
  { training }: BasicAnomalyDetectionServices,
  context: JobContext,
): Promise<ModelSummary> {
  const dataset = await datasetOf({ file, request }, context)
  context.progress({ done: 0, total: rows, message: 'fitting' })
  const options = { ...optionsOf(request), normalize: request.normalize, signal: context.signal }
  const model = await training.execute(request.name, dataset, options)
  context.progress({ done: rows, total: rows })
  return model
}

/** Explains rows. */
export async function runExplain({ dataPath, file, input }: ThreadJob, context: JobContext): Promise<unknown> {
  const request = jobInputs.explain.parse(input)
  const { model, threshold, rows, limit } = request
  const { services, close } = opened(dataPath, context)
  try {
    const kept = model === undefined ? undefined : await services.models.find(model.name, model.version)
    const dataset = await datasetOf({ file, request, encodings: kept?.encodings }, context)
    const meant = model === undefined ? { detection: optionsOf(request) } : { model: { ...model, threshold } }
    const explanation = { rows, limit: limit ?? (rows === undefined ? 20 : undefined) }
    const explained = await services.explanation.execute(dataset, { ...meant, explanation, signal: context.signal })
    return { ...summaryOf(explained.result), explanations: explained.explanations }
  } finally {
    await close()
  }
}

function summaryOf(result: DetectionResult) {
  const { id, algorithm, parameters, threshold, metadata, anomalyCount, scores } = result
  const anomalies = result.ranking(MOST_TOLD)
  return { id, algorithm, parameters, threshold, metadata, rows: scores.length, anomalyCount, anomalies }
}
