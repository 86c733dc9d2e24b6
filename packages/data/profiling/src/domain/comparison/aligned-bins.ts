import type { ColumnProfile } from '../column-profile.ts'

/** Counts of two samples in the same bins. */
export interface AlignedBins {
  /** counts.length + 1 edges, ascending. */
  readonly edges: ReadonlyArray<number>
  readonly reference: ReadonlyArray<number>
  readonly current: ReadonlyArray<number>
}

interface Spans {
  readonly exponent: number
  /** Counts by floor(x / 2^exponent). */
  readonly counts: ReadonlyMap<number, number>
  /** What `counts` is in, as a multiple of the unit of the values. */
  readonly unit: number
}

/**
 * The distributions of two columns of numbers or times on common bins. Widths are powers of two in both, so the finer one is
 * added up to the coarser one and no count is split. Undefined where either has no values.
 */
export function alignedBins(reference: ColumnProfile, current: ColumnProfile): AlignedBins | undefined {
  const bothSketched = reference.sketches?.distribution !== undefined && current.sketches?.distribution !== undefined
  const spansOf = bothSketched ? sketchSpans : histogramSpans
  const [a, b] = [spansOf(reference), spansOf(current)]
  if (a === undefined || b === undefined || a.counts.size === 0 || b.counts.size === 0) return undefined
  const exponent = Math.max(a.exponent, b.exponent)
  const [x, y] = [coarser(a, exponent), coarser(b, exponent)]
  const keys = [...new Set([...x.keys(), ...y.keys()])].sort((one, other) => one - other)
  const width = 2 ** exponent / a.unit
  return {
    edges: [...keys.map((key) => key * width), ((keys.at(-1) ?? 0) + 1) * width],
    reference: keys.map((key) => x.get(key) ?? 0),
    current: keys.map((key) => y.get(key) ?? 0),
  }
}

function sketchSpans({ sketches, dates }: ColumnProfile): Spans | undefined {
  const distribution = sketches?.distribution
  if (distribution === undefined) return undefined
  const counts = new Map<number, number>()
  for (const { span, n } of distribution.cells) counts.set(span, (counts.get(span) ?? 0) + n)
  return { exponent: distribution.exponent, counts, unit: dates === undefined ? 1 : 1000 }
}

function histogramSpans({ numbers, dates }: ColumnProfile): Spans | undefined {
  const histogram = numbers?.histogram ?? dates?.histogram
  const [first, second] = histogram?.edges ?? []
  if (histogram === undefined || first === undefined || second === undefined) return undefined
  const unit = dates === undefined ? 1 : 1000
  const exponent = Math.round(Math.log2((second - first) * unit))
  const start = Math.round((first * unit) / 2 ** exponent)
  return { exponent, counts: new Map(histogram.counts.map((count, i) => [start + i, count])), unit }
}

function coarser({ exponent, counts }: Spans, wanted: number): ReadonlyMap<number, number> {
  const factor = 2 ** (wanted - exponent)
  const sums = new Map<number, number>()
  for (const [span, count] of counts) {
    const to = Math.floor(span / factor)
    sums.set(to, (sums.get(to) ?? 0) + count)
  }
  return sums
}
