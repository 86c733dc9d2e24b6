import type { Entity, ResultInfo, ResultRow } from '../../api/results.ts'
import type { Points } from '../../charts/points.ts'
import type { Columns } from './load-columns.ts'
import type { Sample } from './sample.ts'

/** The cut between normal and odd scores, of a series or of all rows; nothing is above it where there is none. */
export function thresholdOf({ threshold, series }: ResultInfo, entity: number): number {
  return threshold ?? series?.entities[entity]?.threshold ?? Infinity
}

/** The series with the most striking anomaly: how often its highest score is its threshold decides. */
export function strangest(entities: ReadonlyArray<Entity>): number {
  const strikes = entities.map(strikingness)
  return Math.max(0, strikes.indexOf(Math.max(...strikes)))
}

/** How often the highest score of a series is its threshold; 0 where it has none. */
export function strikingness({ highest, threshold }: Entity): number {
  if (highest === null || threshold === null) return 0
  return threshold > 0 ? highest / threshold : highest > threshold ? highest - threshold + 1 : 0
}

/** Points of one series in the order of time; anomalies that are not in the sample join them. */
export function seriesPoints(
  { series }: Sample,
  sampled: Pick<Sample, 'row' | 'score'>,
  {
    entity,
    threshold,
    more,
  }: { readonly entity: number; readonly threshold: number; readonly more: ReadonlyArray<ResultRow> },
): Points {
  const found: One[] = []
  const seen = new Set<number>()
  for (let at = 0; series !== undefined && at < sampled.row.length; at++) {
    const time = series.time[at] ?? null
    if (series.entity[at] !== entity || time === null) continue
    const row = sampled.row[at] ?? 0
    seen.add(row)
    const band = { expected: series.expected[at], lower: series.lower[at], upper: series.upper[at] }
    found.push({ x: time, row, value: series.value[at] ?? null, score: sampled.score[at] ?? null, ...band })
  }
  for (const one of more) {
    if (one.time !== undefined && !seen.has(one.row)) found.push({ ...one, x: one.time, value: one.value ?? null })
  }
  return pointsOf(found, threshold)
}

/** Points row by row, of a column where its numbers are there, else of the scores. */
export function rowPoints(
  { row, score }: Pick<Sample, 'row' | 'score'>,
  {
    columns,
    name,
    threshold,
    more,
  }: {
    readonly columns: Columns | undefined
    readonly name: string
    readonly threshold: number
    readonly more: ReadonlyArray<ResultRow>
  },
): Points {
  const values = columns?.lists.get(name)
  const valueOf = (one: number, own: number | null): number | null =>
    values === undefined ? own : (values[one - (columns?.start ?? 0)] ?? null)
  const found: One[] = row.map((one, at) => {
    const own = score[at] ?? null
    return { x: one + 1, row: one, value: valueOf(one, own), score: own }
  })
  const seen = new Set(row)
  for (const one of more) {
    if (!seen.has(one.row))
      found.push({ x: one.row + 1, row: one.row, value: valueOf(one.row, one.score), score: one.score })
  }
  return pointsOf(found, threshold)
}

interface One {
  readonly x: number
  readonly row: number
  readonly value: number | null
  readonly score: number | null
  readonly expected?: number | null | undefined
  readonly lower?: number | null | undefined
  readonly upper?: number | null | undefined
}

function pointsOf(found: One[], threshold: number): Points {
  const all = found.sort((a, b) => a.x - b.x || a.row - b.row)
  const hasBand = all.some(({ expected }) => typeof expected === 'number')
  return {
    x: all.map(({ x }) => x),
    row: all.map(({ row }) => row),
    value: all.map(({ value }) => value),
    isOdd: all.map(({ score }) => score !== null && score > threshold),
    ...(hasBand && {
      band: {
        expected: all.map(({ expected }) => expected ?? null),
        lower: all.map(({ lower }) => lower ?? null),
        upper: all.map(({ upper }) => upper ?? null),
      },
    }),
  }
}
