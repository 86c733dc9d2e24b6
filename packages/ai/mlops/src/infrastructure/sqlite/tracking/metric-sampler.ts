import type { MetricSampler, SampleQuery } from '../../../application/ports/metric-sampler.ts'
import { checkWhole, checkedLimit } from '../../../domain/checks/text.ts'
import { limits } from '../../../domain/limits.ts'
import type { MetricPoint } from '../../../domain/metric.ts'
import { invalidArgument } from '../../../domain/refusals.ts'
import { findRunRow } from './run-rows.ts'
import { readChunks } from './series-chunks.ts'
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
  /** The row's id. */
  readonly run: number
}

const ALL = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER }

// Twice through the series instead of holding them: they may be long, and what is chosen is not.
function sample(
  context: TrackingContext,
  { runIds, key, range = ALL, maxSteps }: SampleQuery,
): ReadonlyArray<MetricPoint & { readonly runId: string }> {
  const word = context.words.find(key)
  if (word === undefined) return []
  const runs = [...new Set(runIds)].flatMap((runId): ReadonlyArray<Series> => {
    const row = findRunRow(context, runId)
    return row === undefined ? [] : [{ runId, run: Number(row['id']) }]
  })
  const steps = new Set<number>()
  const ends = runs.map(({ run }) => {
    let [first, last] = [Infinity, -Infinity]
    for (const { step } of pointsIn(context, run, word, range)) {
      steps.add(step)
      first = Math.min(first, step)
      last = Math.max(last, step)
    }
    return [first, last]
  })
  const chosen = chosenSteps(steps, maxSteps)
  return runs.flatMap(({ runId, run }, index) => {
    const points: StoredPoint[] = []
    for (const point of pointsIn(context, run, word, range))
      if (chosen.has(point.step) || ends[index]?.includes(point.step)) points.push(point)
    // By step, then by time: a chart's order.
    points.sort((a, b) => a.step - b.step || comparePoints(a, b))
    return points.map((point) => ({ ...metricPointOf(key, point), runId }))
  })
}

function* pointsIn(
  context: TrackingContext,
  run: number,
  key: number,
  { from, to }: { readonly from: number; readonly to: number },
): Generator<StoredPoint> {
  for (const point of readChunks(context, run, key, undefined, { from, to }))
    if (point.step >= from && point.step <= to) yield point
  const rows = context.database
    .sql('SELECT at, step, value, is_nan FROM metric WHERE run = ? AND key = ? AND step BETWEEN ? AND ?')
    .iterate(run, key, from, to)
  for (const { at, step, value, is_nan: isNan } of rows)
    yield { at: Number(at), step: Number(step), value: Number(value), isNan: isNan === 1 ? 1 : 0 }
}

function chosenSteps(all: ReadonlySet<number>, maxSteps: number): ReadonlySet<number> {
  if (all.size <= maxSteps) return all
  const steps = Float64Array.from(all).sort()
  const chosen = new Set<number>()
  for (let i = 0; i < maxSteps; i++) chosen.add(steps[Math.floor((i * steps.length) / maxSteps)] ?? 0)
  return chosen.add(steps.at(-1) ?? 0)
}
