import type { JSX } from 'preact'

const BINS = 60

/** How many rows have which score, and where the threshold cuts. */
export function Histogram({
  scores,
  threshold,
}: {
  readonly scores: ReadonlyArray<number>
  readonly threshold: number
}): JSX.Element {
  const [least, most] = extremesOf(scores)
  const width = (most - least) / BINS || 1
  const counts = Array.from({ length: BINS }, () => 0)
  for (const score of scores) {
    const bin = Math.min(BINS - 1, Math.floor((score - least) / width))
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  const highest = Math.log1p(Math.max(...counts)) // few anomalies beside many rows are still to be seen
  const cut = ((threshold - least) / width) * 10
  return (
    <div class="chart">
      <svg viewBox="0 0 600 150" role="img" aria-label="How many rows have which score, on a logarithmic scale">
        {counts.map((count, bin) => {
          const height = (Math.log1p(count) / highest) * 140
          const isOdd = least + (bin + 0.5) * width > threshold
          return (
            <rect key={bin} class={isOdd ? 'odd' : 'normal'} x={bin * 10} y={150 - height} width={9} height={height} />
          )
        })}
        {Number.isFinite(cut) && <line class="cut" x1={cut} x2={cut} y1={0} y2={150} />}
      </svg>
    </div>
  )
}

/** The least and the greatest of some numbers; 0 and 0 of none. */
export function extremesOf(values: ReadonlyArray<number>): readonly [number, number] {
  let [least, most] = [values[0] ?? 0, values[0] ?? 0]
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  return [least, most]
}
