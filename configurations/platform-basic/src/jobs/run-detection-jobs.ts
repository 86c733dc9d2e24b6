import { type DetectionResult, readDataset } from '@nomaly/ai-anomaly-detection'
import { createFileTables } from '@nomaly/integration-files'
import type { JobContext } from '@nomaly/integration-sqlite'

import { jobInputs, type ThreadJob } from './job-inputs.ts'
import { datasetOf, opened, optionsOf } from './thread-work.ts'

const MOST_TOLD = 1000

/** Fits a detector and keeps it. */
export async function runTrain({ dataPath, file, rows, input }: ThreadJob, context: JobContext): Promise<unknown> {
  const request = jobInputs.train.parse(input)
  const { services, close } = opened(dataPath, context)
  try {
    const dataset = await datasetOf({ file, request }, context)
    context.progress({ done: 0, total: rows, message: 'fitting' })
    const { normalize } = request
    const options = { ...optionsOf(request), normalize, signal: context.signal }
    const { id, name, version, algorithm, threshold } = await services.training.execute(request.name, dataset, options)
    context.progress({ done: rows, total: rows })
    return { model: { id, name, version, algorithm, threshold } }
  } finally {
    await close()
  }
}

/** Measures detectors on labelled rows. */
export async function runEvaluate({ dataPath, file, input }: ThreadJob, context: JobContext): Promise<unknown> {
  const { label, detectors, seed, columns, missing } = jobInputs.evaluate.parse(input)
  const { services, close } = opened(dataPath, context)
  try {
    const table = await createFileTables().open({ ...file, signal: context.signal })
    const { dataset, labels } = await readDataset(table, { columns, missing, label })
    if (labels === undefined) throw new Error(`the column ${label} gave no labels`)
    const onProgress = (message: string, done: number, total: number): void =>
      context.progress({ done, total, message })
    const options = { detectors, seed, onProgress, signal: context.signal }
    return { evaluations: await services.evaluation.execute(dataset, labels, options) }
  } finally {
    await close()
  }
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
