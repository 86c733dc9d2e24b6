import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'

import { extremesOf } from './histogram.tsx'
import { principalPlane } from './principal-plane.ts'

const MOST_NORMAL = 2000

/** All columns at once, in two dimensions. Of many normal rows every so manieth is drawn, of anomalies each. */
export function Projection({
  columns,
  scores,
  threshold,
  chosen,
}: {
  readonly columns: ReadonlyArray<ReadonlyArray<number | null>>
  readonly scores: ReadonlyArray<number | null>
  readonly threshold: number
  readonly chosen: number | undefined
}): JSX.Element {
  const points = useMemo(() => principalPlane(columns), [columns])
  const across = scaleOf(
    points.map(([x]) => x),
    590,
  )
  const up = scaleOf(
    points.map(([, y]) => y),
    290,
  )
  const step = Math.max(1, Math.ceil(points.length / MOST_NORMAL))
  const picked = chosen === undefined ? undefined : points[chosen]
  return (
    <div class="chart">
      <svg viewBox="0 0 600 300" role="img" aria-label="The rows in two dimensions; anomalies are larger">
        {points.map(([x, y], row) => {
          const isOdd = (scores[row] ?? -Infinity) > threshold
          if (!isOdd && row % step !== 0) return null
          return <circle key={row} class={isOdd ? 'odd' : 'normal'} cx={across(x)} cy={up(y)} r={isOdd ? 5 : 2} />
        })}
        {picked !== undefined && <circle class="picked" cx={across(picked[0])} cy={up(picked[1])} r={9} />}
      </svg>
    </div>
  )
}

function scaleOf(values: ReadonlyArray<number>, size: number): (value: number) => number {
  const [least, most] = extremesOf(values)
  return (value) => 10 + ((value - least) / (most - least || 1)) * (size - 10)
}
