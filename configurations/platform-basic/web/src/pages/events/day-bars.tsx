import type { JSX } from 'preact'

import { countText } from '../../numbers.ts'

const [WIDTH, HEIGHT] = [600, 80]

/** Counts day by day, as bars; the table below has them as numbers. */
export function DayBars({
  title,
  days,
}: {
  readonly title: string
  readonly days: ReadonlyArray<{ readonly day: string; readonly count: number }>
}): JSX.Element {
  const most = Math.max(1, ...days.map(({ count }) => count))
  const sum = days.reduce((total, { count }) => total + count, 0)
  const wide = WIDTH / days.length
  return (
    <figure>
      <figcaption class="ends">
        <span>
          {title}: {countText(sum)}
        </span>
        <span>at most {countText(Math.max(...days.map(({ count }) => count)))} a day</span>
      </figcaption>
      <div class="chart">
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          role="img"
          aria-label={`${title} from ${days[0]?.day ?? ''} to ${days.at(-1)?.day ?? ''}: ${countText(sum)}`}
        >
          {days.map(({ day, count }, at) => {
            const high = (count / most) * (HEIGHT - 4)
            return (
              <rect key={day} class="normal" x={at * wide + 1} y={HEIGHT - high} width={wide - 2} height={high}>
                <title>
                  {day}: {countText(count)}
                </title>
              </rect>
            )
          })}
        </svg>
      </div>
    </figure>
  )
}
