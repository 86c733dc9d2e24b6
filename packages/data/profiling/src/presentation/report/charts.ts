import type { Histogram } from '../../domain/column-profile.ts'
import { html, type Markup, trusted } from './markup.ts'

const WIDTH = 240
const HEIGHT = 60

/** A histogram as one outline. */
export function histogramChart({ counts }: Histogram, label: string): Markup {
  const most = Math.max(0, ...counts)
  if (most === 0) return html``
  const width = WIDTH / counts.length
  const outline = counts.map((count, i) => {
    // What is there is seen, however little it is.
    const height = count === 0 ? 0 : Math.max(1, Math.round((HEIGHT * count) / most))
    return `V${HEIGHT - height}H${short((i + 1) * width)}`
  })
  return html`<svg
    class="hist"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    preserveAspectRatio="none"
    role="img"
    aria-label="${label}"
  >
    <path d="M0 ${HEIGHT}${outline.join('')}V${HEIGHT}z" />
  </svg>`
}

/** A square of colours: `levels` are 0 (nothing) to 8, row-major. Equal neighbours become one stroke. */
export function squares(
  levels: ReadonlyArray<number | null>,
  side: number,
  label: string,
  ramp: 'one' | 'two',
): Markup {
  const paths = new Map<number, string>()
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side;) {
      const level = levels[row * side + column] ?? null
      let end = column + 1
      while (end < side && (levels[row * side + end] ?? null) === level) end++
      if (level !== null)
        paths.set(level, `${paths.get(level) ?? ''}M${column} ${row}h${end - column}v1h-${end - column}z`)
      column = end
    }
  }
  const drawn = [...paths].map(([level, path]) => html`<path class="${ramp}${level}" d="${path}" />`)
  return html`<svg
    class="squares"
    viewBox="0 0 ${side} ${side}"
    role="img"
    aria-label="${label}"
    shape-rendering="crispEdges"
  >
    ${drawn}
  </svg>`
}

/** A bar of a share, behind a figure. */
export function bar(share: number): Markup {
  return trusted(`<span class="bar" style="--s:${short(Math.min(1, Math.max(0, share)) * 100)}%"></span>`)
}

function short(value: number): string {
  return String(Number(value.toFixed(1)))
}
