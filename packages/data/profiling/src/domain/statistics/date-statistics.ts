import type { DateStatistics } from '../column-profile.ts'
import type { DistributionSketch } from '../sketches/column-sketch.ts'
import { histogramOf } from '../sketches/distribution.ts'

const MICROSECONDS = 1000
const MOST_GAPS = 10
/** A pause this many times the usual step is a gap. */
const GAP_STEPS = 3

/**
 * Statistics of a column of points in time.
 * @param values - all different values in microseconds, ascending, where they are known: steps and gaps are then exact
 */
export function dateStatistics(
  distribution: DistributionSketch | undefined,
  values: ReadonlyArray<number> | undefined,
  bins: number,
): DateStatistics {
  const cells = distribution?.cells ?? []
  const [first, last] = [cells[0], cells.at(-1)]
  const stepMs = values === undefined ? meanSteps(cells) : median(steps(values))
  const pauses =
    values === undefined ? pausesBetween(cells) : values.slice(1).map((to, i) => ({ from: values[i] ?? to, to }))
  return {
    min: first === undefined ? null : first.min / MICROSECONDS,
    max: last === undefined ? null : last.max / MICROSECONDS,
    histogram: distribution === undefined ? { edges: [], counts: [] } : histogramOf(distribution, bins, MICROSECONDS),
    medianStepMs: stepMs === null ? null : stepMs / MICROSECONDS,
    medianStepExact: values !== undefined,
    gaps: pauses
      .filter(({ from, to }) => stepMs !== null && to - from > GAP_STEPS * stepMs)
      .sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from)
      .slice(0, MOST_GAPS)
      .map(({ from, to }) => ({ from: from / MICROSECONDS, to: to / MICROSECONDS })),
  }
}

function steps(values: ReadonlyArray<number>): ReadonlyArray<number> {
  return values.slice(1).map((value, i) => value - (values[i] ?? value))
}

function median(values: ReadonlyArray<number>): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

// Median over the cells of their mean step; equal times count as steps of 0, so ties make it smaller.
function meanSteps(cells: DistributionSketch['cells']): number | null {
  return median(cells.filter(({ n }) => n > 1).map(({ n, min, max }) => (max - min) / (n - 1)))
}

// A pause that crosses the edge of a span shows as the end of one cell and the start of the next.
function pausesBetween(
  cells: DistributionSketch['cells'],
): ReadonlyArray<{ readonly from: number; readonly to: number }> {
  return cells.slice(1).map((cell, i) => ({ from: cells[i]?.max ?? cell.min, to: cell.min }))
}
