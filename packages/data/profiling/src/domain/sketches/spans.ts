import type { DistributionCell, DistributionSketch } from './column-sketch.ts'

/** Most spans that a distribution is cut into at first; merging may hold up to twice as many. */
export const MOST_SPANS = 512

/**
 * The least exponent e so that [min, max] touches at most 512 spans [k 2^e, (k + 1) 2^e). Dividing by a power of two is exact
 * in every engine, so all of them count the same, and coarser spans are sums of finer ones: such histograms merge.
 */
export function spanExponent(min: number, max: number): number {
  const reach = Math.max(Math.abs(min), Math.abs(max))
  if (reach === 0) return 0
  // Starts where the whole range surely falls into few spans, and refines while it may.
  let exponent = Math.min(1016, Math.max(-1022, Math.ceil(Math.log2(reach))))
  while (exponent > -1022 && spansOf(min, max, exponent - 1) <= MOST_SPANS && min !== max) exponent--
  return exponent
}

/** floor(x / 2^exponent), also where the quotient would be too small for a double. */
export function spanOf(value: number, exponent: number): number {
  const width = 2 ** exponent
  if (value >= 0 && value < width) return 0
  if (value < 0 && value >= -width) return -1
  return Math.floor(value / width)
}

/** The same counts in spans of 2^exponent, which is not finer than the sketch's own; cells keep their log buckets. */
export function coarsened(sketch: DistributionSketch, exponent: number): DistributionSketch {
  if (exponent <= sketch.exponent) return sketch
  const factor = 2 ** (exponent - sketch.exponent)
  return { exponent, cells: sketch.cells.map((cell) => ({ ...cell, span: coarseSpanOf(cell.span, factor) })) }
}

// The factor may be infinite, from the least doubles to ordinary ones: a negative span is below 0 all the same.
function coarseSpanOf(span: number, factor: number): number {
  return span < 0 && -span <= factor ? -1 : Math.floor(span / factor)
}

/** Number of spans from the lowest to the highest cell, empty ones too. */
export function reachOf(cells: ReadonlyArray<DistributionCell>): number {
  const [first, last] = [cells[0], cells.at(-1)]
  return first === undefined || last === undefined ? 0 : last.span - first.span + 1
}

function spansOf(min: number, max: number, exponent: number): number {
  return spanOf(max, exponent) - spanOf(min, exponent) + 1
}
