import type { JSX } from 'preact'

import { extremesOf } from '../../charts/histogram.tsx'
import { numberText } from '../../numbers.ts'

const MOST_USUAL = 2000
const SIZE = 300

/** The scores of the same rows by two results: what both agree on lies along the diagonal. Of many usual rows only some are drawn. */
export function ScoreScatter({
  a,
  b,
  cutA,
  cutB,
}: {
  readonly a: ReadonlyArray<number>
  readonly b: ReadonlyArray<number>
  /** Thresholds; infinite where there is not one for all rows. */
  readonly cutA: number
  readonly cutB: number
}): JSX.Element {
  const [across, up] = [scaleOf(a), scaleOf(b)]
  const step = Math.max(1, Math.ceil(a.length / MOST_USUAL))
  return (
    <div class="chart scatter">
      <svg
        viewBox={`0 0 ${SIZE + 10} ${SIZE + 10}`}
        role="img"
        aria-label="The score of each row by A, to the right, and by B, upward; anomalies of either are larger"
      >
        {a.map((score, at) => {
          const other = b[at] ?? 0
          const isOdd = score > cutA || other > cutB
          if (!isOdd && at % step !== 0) return null
          return (
            <circle
              key={at}
              class={isOdd ? 'odd' : 'normal'}
              cx={across(score)}
              cy={SIZE + 10 - up(other)}
              r={isOdd ? 4 : 2}
            />
          )
        })}
        {Number.isFinite(cutA) && <line class="cut" x1={across(cutA)} x2={across(cutA)} y1={0} y2={SIZE + 10} />}
        {Number.isFinite(cutB) && (
          <line class="cut" x1={0} x2={SIZE + 10} y1={SIZE + 10 - up(cutB)} y2={SIZE + 10 - up(cutB)} />
        )}
      </svg>
      <p>
        A to the right, from {rangeText(a)}; B upward, from {rangeText(b)}.
      </p>
    </div>
  )
}

function scaleOf(values: ReadonlyArray<number>): (value: number) => number {
  const [least, most] = extremesOf(values)
  return (value) => 5 + ((value - least) / (most - least || 1)) * SIZE
}

function rangeText(values: ReadonlyArray<number>): string {
  const [least, most] = extremesOf(values)
  return `${numberText(least)} to ${numberText(most)}`
}
