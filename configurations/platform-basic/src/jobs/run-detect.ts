import { join } from 'node:path'

import { AnomalyDetectionError, type KeptResult, readDataset, resultPage } from '@nomaly/ai-anomaly-detection'
import { createFolderResultStore } from '@nomaly/ai-anomaly-detection/node'
import { createFileTables } from '@nomaly/integration-files'
import type { JobContext } from '@nomaly/integration-sqlite'

import { nomalyVersion } from '../version.ts'
import { type DetectJob, keptOptions } from './detect-job.ts'
import { detectSeries } from './detect-series.ts'
import { jobEvent } from './job-event.ts'
import { jobInputs, type ThreadJob } from './job-inputs.ts'
import { scoreInBatches } from './score-in-batches.ts'
import { opened, optionsOf, quiet } from './thread-work.ts'

const MOST_TOLD = 1000
const MOST_IN_EVENT = 100

/**
 * Detects and keeps the result, under the id of the job: an attempt that finds it kept already tells of that one.
 */
export async function runDetect({ input, ...job }: ThreadJob, context: JobContext): Promise<unknown> {
  const request = jobInputs.detect.parse(input)
  const results = createFolderResultStore({ folder: join(job.dataPath, 'results'), version: nomalyVersion() })
  const given: DetectJob = { ...job, request, results }
  const before = await results.open(context.id).catch(orUndefined)
  if (before === undefined) await detectAndKeep(given, context)
  return told(before ?? (await results.open(context.id)), context)
}

async function detectAndKeep(job: DetectJob, context: JobContext): Promise<void> {
  const { request } = job
  if (request.time !== undefined) return detectSeries({ ...job, time: request.time }, context)
  if (request.model !== undefined) return scoreInBatches({ ...job, model: request.model }, context)
  return detectInTable(job, context)
}

async function detectInTable({ dataPath, file, rows, dataset: about, request }: DetectJob, context: JobContext) {
  const { services, close } = opened(dataPath, quiet)
  try {
    const table = await createFileTables().open({ ...file, signal: context.signal })
    const { columns, missing, encode } = request
    const { dataset, sourceRows, used } = await readDataset(table, { columns, missing, encode })
    context.progress({ done: 0, total: rows, message: 'fitting' })
    const data = {
      id: context.id,
      rows: sourceRows,
      dataset,
      about: { dataset: about, options: keptOptions(request), columns: used },
    }
    await services.keeping.execute(data, { ...optionsOf(request), signal: context.signal })
    context.progress({ done: rows, total: rows })
  } finally {
    await close()
  }
}

// With its events, which are published with the end of the job: those of an attempt that came to none are forgotten.
async function told(kept: KeptResult, context: JobContext): Promise<unknown> {
  const { info } = kept
  const { id, algorithm, parameters, threshold, rows, anomalyCount, durationMs, columns, model } = info
  const page = { filter: { anomalies: true }, sort: 'score', limit: MOST_TOLD } as const
  const found = await resultPage(kept, new Map(), page)
  const anomalies = found.rows.map(({ row, score, time, key }) => ({
    index: row,
    score,
    ...(time !== undefined && { time }),
    ...(key !== undefined && { key }),
  }))
  const about = { detectionId: id, algorithm, rows }
  context.emit(jobEvent('nomaly.detection.requested', id, { ...about, features: columns }))
  const completed = {
    ...about,
    anomalies: anomalyCount,
    threshold,
    durationMs,
    resultId: id,
    datasetId: info.dataset.id,
  }
  context.emit(jobEvent('nomaly.detection.completed', id, completed))
  if (anomalyCount > 0) {
    const shown = anomalies.slice(0, MOST_IN_EVENT)
    const detected = { detectionId: id, resultId: id, total: anomalyCount, anomalies: shown }
    context.emit(jobEvent('nomaly.anomaly.detected', id, detected))
  }
  return {
    result: id,
    id,
    algorithm,
    parameters,
    threshold,
    rows,
    anomalyCount,
    anomalies,
    ...(model && { model }),
    ...(info.series && { series: info.series.entities.length }),
  }
}

function orUndefined(error: unknown): undefined {
  if (AnomalyDetectionError.is(error) && error.code === 'anomaly-detection/unknown-result') return undefined
  throw error
}
