import type { DistributionCell, DistributionSketch } from './column-sketch.ts'
import { logBucketOf } from './log-buckets.ts'
import { mergeMoments } from './moments.ts'
import { coarsened, MOST_SPANS, reachOf, spanExponent, spanOf } from './spans.ts'

/** Whether cells are cut at the edges of log buckets too, as numbers are, or only at spans, as points in time are. */
export interface CellCut {
  readonly exponent: number
  readonly buckets: boolean
}

/**
 * The distribution of finite values that occur some times each, in any order.
 */
export function distributionOf(
  values: Iterable<readonly [value: number, times: number]>,
  cut: CellCut,
): DistributionSketch {
  const cells = new Map<string, DistributionCell>()
  for (const [value, times] of values) {
    const span = spanOf(value, cut.exponent)
    const bucket = cut.buckets && value !== 0 ? logBucketOf(value) : null
    const key = `${span} ${bucket}`
    const one: DistributionCell = { span, bucket, n: times, min: value, max: value, mean: value, m2: 0, m3: 0, m4: 0 }
    const known = cells.get(key)
    cells.set(key, known === undefined ? one : mergedCell(known, one))
  }
  return { exponent: cut.exponent, cells: ascending(cells.values()) }
}

/** Both distributions together, in spans as fine as 1024 of them allow. */
export function mergeDistributions(a: DistributionSketch, b: DistributionSketch): DistributionSketch {
  const all = [...a.cells, ...b.cells]
  if (all.length === 0) return a
  const [min, max] = [Math.min(...all.map((cell) => cell.min)), Math.max(...all.map((cell) => cell.max))]
  const exponent = Math.max(a.exponent, b.exponent, spanExponent(min, max))
  const cells = new Map<string, DistributionCell>()
  for (const cell of [...coarsened(a, exponent).cells, ...coarsened(b, exponent).cells]) {
    const key = `${cell.span} ${cell.bucket}`
    const known = cells.get(key)
    cells.set(key, known === undefined ? cell : mergedCell(known, cell))
  }
  return { exponent, cells: ascending(cells.values()) }
}

/** Counts by span, in at most `most` bins; exact. */
export function histogramOf(
  sketch: DistributionSketch,
  most: number,
  unit: number = 1,
): { readonly edges: ReadonlyArray<number>; readonly counts: ReadonlyArray<number> } {
  let coarse = sketch
  while (reachOf(coarse.cells) > Math.min(most, MOST_SPANS)) coarse = coarsened(coarse, coarse.exponent + 1)
  const first = coarse.cells[0]?.span
  if (first === undefined) return { edges: [], counts: [] }
  const counts = Array.from({ length: reachOf(coarse.cells) }, () => 0)
  for (const cell of coarse.cells) counts[cell.span - first] = (counts[cell.span - first] ?? 0) + cell.n
  const width = 2 ** coarse.exponent
  return { edges: [...counts.keys(), counts.length].map((i) => ((first + i) * width) / unit), counts }
}

/** Cells from the least to the greatest value. */
export function ascending(cells: Iterable<DistributionCell>): ReadonlyArray<DistributionCell> {
  return [...cells].sort((a, b) => a.min - b.min)
}

function mergedCell(a: DistributionCell, b: DistributionCell): DistributionCell {
  return { ...a, ...mergeMoments(a, b), min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) }
}
