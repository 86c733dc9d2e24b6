import type { JSX } from 'preact'

import { numberText } from '../numbers.ts'
import { extremesOf } from './histogram.tsx'

/** A point: where it lies across, and how high. */
export type Point = readonly [x: number, y: number]

/** Points that go together, in the order of x. */
export interface Line {
  readonly name: string
  readonly points: ReadonlyArray<Point>
}

const [WIDTH, HEIGHT, MARGIN] = [600, 200, 8]
const FEW = 30

/** Lines over a common axis; their ends are written beside it. Points show where they are few. What is not finite is left out. */
export function LineChart({
  label,
  across,
  lines,
}: {
  /** Said to who does not see it. */
  readonly label: string
  /** What x counts. */
  readonly across: string
  readonly lines: ReadonlyArray<Line>
}): JSX.Element {
  const finite = lines.map(({ name, points }) => ({
    name,
    points: points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y)),
  }))
  const all = finite.flatMap(({ points }) => points)
  const [left, right] = extremesOf(all.map(([x]) => x))
  const [low, high] = extremesOf(all.map(([, y]) => y))
  const place = ([x, y]: Point): Point => [
    MARGIN + ((x - left) / (right - left || 1)) * (WIDTH - 2 * MARGIN),
    HEIGHT - MARGIN - (high === low ? 0.5 : (y - low) / (high - low)) * (HEIGHT - 2 * MARGIN),
  ]
  return (
    <figure>
      <div class="ends">
        <span>
          {numberText(low)} to {numberText(high)}
        </span>
        <Legend names={finite.map(({ name }) => name)} />
      </div>
      <div class="chart">
        <svg class="plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
          {finite.map(({ name, points }, index) => {
            const placed = points.map(place)
            return (
              <g key={name} class={`line line-${index % 6}`}>
                <polyline points={placed.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')} />
                {/* strokes, which stay round however the picture is stretched */}
                {placed.length <= FEW && placed.map(([x, y]) => <path key={x} d={`M${x} ${y}h0`} />)}
              </g>
            )
          })}
        </svg>
      </div>
      <figcaption class="ends">
        <span>
          {across} {numberText(left)}
        </span>
        <span>
          {across} {numberText(right)}
        </span>
      </figcaption>
    </figure>
  )
}

function Legend({ names }: { readonly names: ReadonlyArray<string> }): JSX.Element | null {
  if (names.length < 2) return null
  return (
    <span>
      {names.map((name, index) => (
        <span key={name} class={`key line-${index % 6}`}>
          <svg viewBox="0 0 24 8" aria-hidden="true">
            <line x1={0} x2={24} y1={4} y2={4} />
          </svg>{' '}
          {name}
        </span>
      ))}
    </span>
  )
}
