import { type CurveSketch, SKETCH_COLUMNS, type SketchColumn } from './curve-sketch.ts'
import { count, ends, figure } from './figures.ts'
import { html, type Markup } from './markup.ts'
import type { ReportPlot } from './report-input.ts'

const HEIGHT = 200

// Of the legend, 20 wide and 10 high.
const [LINE, DOT, BOX] = ['M0 5H20', 'M10 5h0', 'M0 1H20V9H0z'] as const

interface Scale {
  readonly least: number
  readonly most: number
  readonly y: (value: number) => string
}

/** A plot with its legend and the ends of its axes. Stretched to the width there is, so texts are not part of the picture. */
export function plotFigure(plot: ReportPlot): Markup {
  const { title, form, values, marks, expected, lower, upper, threshold, from, to } = plot
  const scale = scaleOf(plot)
  const line = form === 'curve' ? curvePath : pointsPath
  const odd = marks.columns()
  const [least, most] = ends(scale.least, scale.most)
  return html`<figure class="plot">
    <figcaption>${title}</figcaption>
    ${legend(plot)}
    <div class="axes">
      <div class="y soft"><span>${most}</span><span>${least}</span></div>
      <svg
        viewBox="0 0 ${SKETCH_COLUMNS} ${HEIGHT}"
        preserveAspectRatio="none"
        role="img"
        aria-label="${labelOf(plot)}"
      >
        ${band(lower, upper, scale)}${path('expected', expected && curvePath(expected.columns(), scale))}
        ${path(form === 'curve' ? 'value' : 'value points', line(values.columns(), scale))}
        ${path('cut', threshold === undefined ? undefined : `M0 ${scale.y(threshold)}H${SKETCH_COLUMNS}`)}
        ${path('mark', odd.map(({ column, greatest }) => `M${middle(column)} ${scale.y(greatest)}h0`).join(''))}
      </svg>
      <div class="x soft"><span>${from}</span><span>${to}</span></div>
    </div>
  </figure>`
}

function labelOf({ title, points, marks }: ReportPlot): string {
  const odd = marks.columns()
  const [first] = odd
  const where = first === undefined ? 'none is marked' : `${count(odd.length, 'place')} marked as anomalous`
  return `${title}: ${count(points, 'point')}, ${where}`
}

function legend({ form, expected, lower, threshold, marks, points }: ReportPlot): Markup {
  const entries: ReadonlyArray<readonly [kind: string, drawn: string, text: string] | false> = [
    form === 'curve' ? ['value', LINE, 'value'] : ['value points', DOT, 'a row'],
    expected !== undefined && ['expected', LINE, 'expected'],
    lower !== undefined && ['band', BOX, 'expected band'],
    threshold !== undefined && ['cut', LINE, `threshold ${figure(threshold)}`],
    marks.columns().length > 0 && ['mark', DOT, 'anomaly'],
  ]
  const there = entries.filter((entry) => entry !== false)
  const each = Math.round(points / SKETCH_COLUMNS)
  return html`<p class="legend">
    ${there.map(([kind, drawn, text]) => html`<span><svg class="key" viewBox="0 0 20 10" aria-hidden="true">${path(kind, drawn)}</svg>${text}</span>`)}${each > 1 ? html`<span class="soft">about ${figure(each)} points a column, drawn from the least to the greatest</span>` : null}
  </p>`
}

function path(kind: string, d: string | undefined): Markup | undefined {
  return d === undefined || d === '' ? undefined : html`<path class="${kind}" d="${d}" />`
}

function scaleOf({ values, marks, expected, lower, upper, threshold }: ReportPlot): Scale {
  let [least, most] = threshold === undefined ? [Infinity, -Infinity] : [threshold, threshold]
  for (const sketch of [values, marks, expected, lower, upper]) {
    for (const column of sketch?.columns() ?? []) {
      least = Math.min(least, column.least)
      most = Math.max(most, column.greatest)
    }
  }
  if (least > most) [least, most] = [0, 0]
  // halves first: the range of two finite numbers need not be finite
  const range = most / 2 - least / 2
  const place = (value: number): number => (range > 0 ? (most / 2 - value / 2) / range : 0.5)
  return { least, most, y: (value) => short(6 + place(value) * (HEIGHT - 12)) } // room for half a mark
}

// Through the first, the extremes and the last of each column; of one without neighbours a dot.
function curvePath(columns: ReadonlyArray<SketchColumn>, { y }: Scale): string {
  let drawn = ''
  columns.forEach(({ column, first, least, greatest, last, isApart }, i) => {
    const x = middle(column)
    drawn += isApart ? `M${x} ${y(first)}` : `L${x} ${y(first)}`
    const [top, bottom, end] = [y(greatest), y(least), y(last)]
    if (top !== bottom) drawn += `V${top}V${bottom}V${end}`
    else if (isApart && columns[i + 1]?.isApart !== false) drawn += 'h0'
  })
  return drawn
}

// Of each column from the least to the greatest; a single point is a dot.
function pointsPath(columns: ReadonlyArray<SketchColumn>, { y }: Scale): string {
  return columns.map(({ column, least, greatest }) => `M${middle(column)} ${y(least)}V${y(greatest)}`).join('')
}

function band(lower: CurveSketch | undefined, upper: CurveSketch | undefined, { y }: Scale): Markup | undefined {
  const [below, above] = [lower?.columns() ?? [], upper?.columns() ?? []]
  if (below.length === 0 || above.length === 0) return undefined
  const there = above.map(({ column, greatest }) => `${middle(column)} ${y(greatest)}`)
  const back = below.toReversed().map(({ column, least }) => `${middle(column)} ${y(least)}`)
  return path('band', `M${[...there, ...back].join('L')}z`)
}

function middle(column: number): string {
  return short(column + 0.5)
}

function short(value: number): string {
  return String(Number(value.toFixed(1)))
}
