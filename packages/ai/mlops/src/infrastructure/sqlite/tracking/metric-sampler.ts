import type { MetricSampler, SampleQuery } from '../../../application/ports/metric-sampler.ts'
import { checkWhole, checkedLimit } from '../../../domain/checks/text.ts'
import { limits } from '../../../domain/limits.ts'
import type { MetricPoint } from '../../../domain/metric.ts'
import { invalidArgument } from '../../../domain/refusals.ts'
import { findRunRow } from './run-rows.ts'
import { readChunks, storedOf } from './series-chunks.ts'
import { type StoredPoint, comparePoints, metricPointOf } from './stored-point.ts'
import type { TrackingContext } from './tracking-context.ts'

/** Thinned series of the file's runs. A run that is not there has no points. */
export function createMetricSampler(context: TrackingContext): MetricSampler {
  return {
    sample: async (query) => {
      checkQuery(query)
      return context.database.read(() => sample(context, query))
    },
  }
}

function checkQuery({ runIds, range, maxSteps }: SampleQuery): void {
  if (runIds.length === 0 || runIds.length > limits.sampledRuns)
    throw invalidArgument('runIds', `must name 1 to ${limits.sampledRuns} runs, not ${runIds.length}`)
  checkedLimit(maxSteps, 1, limits.sampledSteps)
  if (range === undefined) return
  checkWhole('range.from', range.from)
  checkWhole('range.to', range.to)
  if (range.from > range.to)
    throw invalidArgument('range', `from ${range.from} must not be greater than to ${range.to}`)
}

interface Series {
  readonly runId: string
  readonly points: ReadonlyArray<StoredPoint>
}

function sample(
  context: TrackingContext,
  { runIds, key, range, maxSteps }: SampleQuery,
): ReadonlyArray<MetricPoint & { readonly runId: string }> {
  const word = context.words.find(key)
  if (word === undefined) return []
  const series = [...new Set(runIds)].map((runId) => ({ runId, points: pointsInRange(context, runId, word, range) }))
  const chosen = chosenSteps(series, maxSteps)
  return series.flatMap(({ runId, points }) => {
    const ends = new Set([points[0]?.step, points.at(-1)?.step])
    return points
      .filter(({ step }) => chosen.has(step) || ends.has(step))
      .map((point) => ({ ...metricPointOf(key, point), runId }))
  })
}

// By step, then by time: a chart's order.
function pointsInRange(
  context: TrackingContext,
  runId: string,
  key: number,
  { from, to } = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER },
): ReadonlyArray<StoredPoint> {
  const run = findRunRow(context, runId)
  if (run === undefined) return []
  const id = Number(run['id'])
  const points = [...readChunks(context, id, key, undefined, { from, to })].filter(
    ({ step }) => step >= from && step <= to,
  )
  const rows = context.database
    .sql('SELECT at, step, value, is_nan FROM metric WHERE run = ? AND key = ? AND step BETWEEN ? AND ?')
    .rows(id, key, from, to)
  for (const row of rows) points.push(storedOf(row))
  return points.sort((a, b) => a.step - b.step || comparePoints(a, b))
}

function chosenSteps(series: ReadonlyArray<Series>, maxSteps: number): ReadonlySet<number> {
  const all = new Set<number>()
  for (const { points } of series) for (const { step } of points) all.add(step)
  if (all.size <= maxSteps) return all
  const steps = Float64Array.from(all).sort()
  const chosen = new Set<number>()
  for (let i = 0; i < maxSteps; i++) chosen.add(steps[Math.floor((i * steps.length) / maxSteps)] ?? 0)
  return chosen.add(steps.at(-1) ?? 0)
}
