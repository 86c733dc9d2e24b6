import { z } from 'zod'

import type { MetricSampler } from '../../application/ports/metric-sampler.ts'
import type { RunLog } from '../../application/ports/run-log.ts'
import { MlflowError } from '../../domain/errors.ts'
import type { MetricPoint } from '../../domain/metric.ts'
import * as answers from './answers.ts'
import type { MlflowConnection } from './mlflow-connection.ts'
import { pairsOf } from './remote-search.ts'

const series = z.object({ metrics: z.array(answers.metric).default([]), next_page_token: z.string().optional() })
const MOST_POINTS = 25_000

/** What is logged to runs of a remote MLflow. */
export function remoteRunLog(connection: MlflowConnection): RunLog {
  return {
    log: async (runId, { metrics = [], params = [], tags = [] }) => {
      refuseLong('param', params, 6000)
      refuseLong('tag', tags, 8000)
      const fields = { run_id: runId, metrics: metrics.map(wireOf), params, tags }
      await connection.call('POST', 'runs/log-batch', fields, answers.nothing)
    },
    history: async (runId, key, { limit = MOST_POINTS, pageToken } = {}) => {
      const fields = { run_id: runId, metric_key: key, max_results: limit, page_token: pageToken }
      const { metrics, next_page_token: next } = await connection.call('GET', 'metrics/get-history', fields, series)
      const items = metrics.map(({ runId: _, ...point }) => point)
      return next === undefined || next === '' ? { items } : { items, next }
    },
    logInputs: async (runId, { datasets = [], models = [] }) => {
      const fields = {
        run_id: runId,
        datasets: datasets.map(({ tags, sourceType, ...dataset }) => ({
          tags: pairsOf(tags),
          dataset: { ...dataset, source_type: sourceType },
        })),
        ...(models.length === 0 ? {} : { models: models.map(({ modelId }) => ({ model_id: modelId })) }),
      }
      await connection.call('POST', 'runs/log-inputs', fields, answers.nothing)
    },
    logOutputs: async (runId, models) => {
      const fields = { run_id: runId, models: models.map(({ modelId, step }) => ({ model_id: modelId, step })) }
      await connection.call('POST', 'runs/outputs', fields, answers.nothing)
    },
  }
}

/** Thinned out series of a remote MLflow, which serves them to its pages only. */
export function remoteSampler(connection: MlflowConnection): MetricSampler {
  return {
    sample: async ({ runIds, key, range, maxSteps }) => {
      const fields = {
        run_ids: runIds,
        metric_key: key,
        max_results: maxSteps,
        start_step: range?.from,
        end_step: range?.to,
      }
      const path = 'metrics/get-history-bulk-interval'
      const { metrics } = await connection.call('GET', path, fields, series, '/ajax-api/2.0')
      const points = metrics.map((point) => ({ ...point, runId: point.runId ?? '' }))
      return points.sort((a, b) => (a.runId === b.runId ? a.step - b.step || a.at - b.at : a.runId < b.runId ? -1 : 1))
    },
  }
}

function wireOf({ key, value, at, step, modelId, datasetName, datasetDigest }: MetricPoint): object {
  return {
    key,
    value: Number.isFinite(value) ? value : String(value),
    timestamp: at,
    step,
    model_id: modelId,
    dataset_name: datasetName,
    dataset_digest: datasetDigest,
  }
}

/** MLflow 3 cuts what is too long and says nothing; the port refuses it. */
function refuseLong(
  what: string,
  pairs: ReadonlyArray<{ readonly key: string; readonly value: string }>,
  most: number,
): void {
  const long = pairs.find(({ value }) => value.length > most)
  if (long === undefined) return
  const message = `the value of ${what} '${long.key}' has more than ${most} characters`
  throw new MlflowError('mlflow/invalid-argument', message, { field: what, key: long.key, limit: most })
}
