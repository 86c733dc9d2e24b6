const LEVELS = '▁▂▃▄▅▆▇█'

/** Counts as a row of bars, `width` of them at most; empty without counts. A bin with anything in it shows at least the least bar. */
export function sparkline(counts: ReadonlyArray<number>, width: number): string {
  const step = Math.ceil(counts.length / width)
  const sums = Array.from({ length: Math.ceil(counts.length / Math.max(1, step)) }, (_, i) =>
    counts.slice(i * step, (i + 1) * step).reduce((a, b) => a + b, 0),
  )
  const most = Math.max(0, ...sums)
  return sums.map((sum) => (sum === 0 ? ' ' : (LEVELS[Math.ceil((8 * sum) / most) - 1] ?? ' '))).join('')
}
