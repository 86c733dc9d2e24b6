import { MlflowError } from '../../../domain/errors.ts'
import type { MetricPoint } from '../../../domain/metric.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { field } from '../request/fields.ts'
import { maxResults } from '../request/limits.ts'
import type { TrackerPorts } from '../tracker-ports.ts'
import { some, wireDouble } from '../wire/plain.ts'
import { metricWire } from '../wire/run-wire.ts'

const MOST_POINTS = 25_000
const MOST_RUNS = 100
const MOST_STEPS = 2500
const path = (name: string): string => `/mlflow/metrics/${name}`

/** Series of metrics: one whole, several whole, several thinned out. */
export function historyEndpoints(ports: TrackerPorts): ReadonlyArray<Endpoint> {
  return [
    endpoint(
      'GET',
      path('get-history'),
      {
        run_id: field.requiredText(),
        metric_key: field.requiredText(),
        max_results: maxResults(Number.MAX_SAFE_INTEGER, MOST_POINTS),
        page_token: field.text(),
      },
      async ({ run_id, metric_key, max_results, page_token: token }) => {
        const page = { limit: Math.min(max_results, MOST_POINTS), ...(token ? { pageToken: token } : {}) }
        const { items, next } = await ports.log.history(run_id, metric_key, page)
        return { metrics: some(items)?.map(metricWire), next_page_token: next }
      },
    ),
    { ...bulkHistory(ports), isAjaxOnly: true },
    bulkInterval(ports),
  ]
}

function bulkHistory(ports: TrackerPorts): Endpoint {
  const shape = { run_id: field.texts(), metric_key: field.text(), max_results: maxResults(2 ** 53, MOST_POINTS) }
  return endpoint('GET', path('get-history-bulk'), shape, async ({ run_id: ids, metric_key: key, max_results }) => {
    if (ids.length === 0) refuse('GetMetricHistoryBulk request must specify at least one run_id.')
    if (ids.length > MOST_RUNS) {
      refuse(
        `GetMetricHistoryBulk request cannot specify more than ${MOST_RUNS} run_ids. Received ${ids.length} run_ids.`,
      )
    }
    if (key === undefined) return refuse('GetMetricHistoryBulk request must specify a metric_key.')
    const limit = Math.min(max_results, MOST_POINTS)
    const metrics: object[] = []
    for (const runId of [...new Set(ids)].sort()) {
      if (metrics.length >= limit) break
      const { items } = await ports.log.history(runId, key, { limit: limit - metrics.length })
      for (const point of items) metrics.push(bulkWire(point, runId))
    }
    return { metrics }
  })
}

function bulkInterval({ sampler }: TrackerPorts): Endpoint {
  const shape = {
    run_ids: field.requiredTexts(),
    metric_key: field.requiredText(),
    start_step: field.int64(),
    end_step: field.int64(),
    max_results: field.int64(),
  }
  return endpoint('GET', path('get-history-bulk-interval'), shape, async (request) => {
    const { run_ids: runIds, metric_key: key, start_step: from, end_step: to, max_results: most = MOST_STEPS } = request
    if (runIds.length > MOST_RUNS) {
      refuse(
        `GetMetricHistoryBulkInterval request must specify at most ${MOST_RUNS} run_ids. Received ${runIds.length} run_ids.`,
      )
    }
    if (most < 1 || most > MOST_STEPS) refuse(`max_results must be between 1 and ${MOST_STEPS}.`)
    if ((from === undefined) !== (to === undefined)) {
      refuse('If either start step or end step are specified, both must be specified.')
    }
    if (from !== undefined && to !== undefined && from > to) {
      refuse(`end_step must be greater than start_step. Found start_step=${from} and end_step=${to}.`)
    }
    const range = from === undefined || to === undefined ? {} : { range: { from, to } }
    const points = await sampler.sample({ runIds: [...new Set(runIds)], key, maxSteps: most, ...range })
    return { metrics: some(points)?.map(metricWire) }
  })
}

function bulkWire({ key, value, at, step }: MetricPoint, runId: string): object {
  return { key, value: wireDouble(value), timestamp: at, step, run_id: runId }
}

function refuse(message: string): never {
  throw new MlflowError('mlflow/invalid-argument', message)
}
