/** Columns as bin numbers: all that histogram trees look at. */
export interface BinnedColumns {
  /** Row-major, shape (rows, columns), 0 to 254. */
  readonly bins: Uint8Array
  /** Shape (columns)(at most 254), ascending: a value belongs to the first bin whose edge is not below it. */
  readonly edges: ReadonlyArray<Float64Array>
  /** Shape (columns + 1): where each column's bins begin when all are put in one row, and how many there are. */
  readonly starts: Uint32Array
}

const BINS = 255

/** Cuts each column at quantiles; a column of few different values has one bin for each. */
export function binColumns(columns: ReadonlyArray<Float64Array>): BinnedColumns {
  const edges = columns.map(edgesOf)
  const starts = new Uint32Array(columns.length + 1)
  for (const [c, { length }] of edges.entries()) starts[c + 1] = (starts[c] as number) + length + 1
  return { bins: binsOf(columns, edges), edges, starts }
}

/** The bins of rows by known edges: row-major, shape (rows, columns). NaN and all up to the first edge are in bin 0. */
export function binsOf(columns: ReadonlyArray<Float64Array>, edges: ReadonlyArray<Float64Array>): Uint8Array {
  const bins = new Uint8Array((columns[0]?.length ?? 0) * columns.length)
  for (const [c, values] of columns.entries()) {
    for (let row = 0; row < values.length; row++) {
      bins[row * columns.length + c] = binOf(values[row] as number, edges[c] as Float64Array)
    }
  }
  return bins
}

function binOf(value: number, edges: Float64Array): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (value > (edges[middle] as number)) low = middle + 1
    else high = middle
  }
  return low
}

function edgesOf(values: Float64Array): Float64Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1])
  if (distinct.length <= BINS) return distinct.slice(0, -1).map((value, i) => (value + (distinct[i + 1] as number)) / 2)
  const edges = new Set<number>()
  for (let i = 1; i < BINS; i++) edges.add(sorted[Math.floor((i * sorted.length) / BINS)] as number)
  edges.delete(sorted[sorted.length - 1] as number)
  return Float64Array.from(edges)
}
