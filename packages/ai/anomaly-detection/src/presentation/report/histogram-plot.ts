import { count, ends, figure } from './figures.ts'
import { html, type Markup } from './markup.ts'
import { HISTOGRAM_BARS, type ScoreHistogram } from './score-histogram.ts'

const WIDTH = 600
const HEIGHT = 120

/** How many rows have which score, and where they are cut. */
export function histogramFigure(histogram: ScoreHistogram, threshold: number | undefined): Markup {
  const { least, most, normal, anomalous } = histogram
  const counts = normal.map((number, bar) => number + (anomalous[bar] as number))
  const highest = Math.max(1, ...counts)
  const sum = (numbers: Float64Array): number => numbers.reduce((total, one) => total + one, 0)
  const [left, right] = ends(least, most)
  const label = `Histogram of ${count(sum(counts), 'score')} from ${left} to ${right}; ${figure(sum(anomalous))} of them of anomalies`
  const cut = threshold === undefined ? undefined : histogram.placeOf(threshold)
  return html`<figure class="plot">
    <figcaption>How many rows have which score</figcaption>
    <p class="legend">
      <span
        ><svg class="key" viewBox="0 0 20 10" aria-hidden="true"><path class="bars" d="M0 0H20V10H0z" /></svg
        >normal</span
      >
      <span
        ><svg class="key" viewBox="0 0 20 10" aria-hidden="true"><path class="bars odd" d="M0 0H20V10H0z" /></svg
        >anomaly</span
      >
      ${
        threshold === undefined
          ? null
          : html`<span
              ><svg class="key" viewBox="0 0 20 10" aria-hidden="true"><path class="cut" d="M0 5H20" /></svg>threshold
              ${figure(threshold)}</span
            >`
      }
    </p>
    <div class="axes">
      <div class="y soft"><span>${figure(highest)}</span><span>0</span></div>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}">
        <path class="bars" d="${bars(normal, undefined, highest)}" />
        <path class="bars odd" d="${bars(anomalous, normal, highest)}" />
        ${cut === undefined || cut < 0 || cut > 1 ? null : html`<path class="cut" d="M${(cut * WIDTH).toFixed(1)} 0V${HEIGHT}" />`}
      </svg>
      <div class="x soft"><span>${left}</span><span>score</span><span>${right}</span></div>
    </div>
  </figure>`
}

// What is there is seen, however little it is.
function bars(counts: Float64Array, below: Float64Array | undefined, highest: number): string {
  const width = WIDTH / HISTOGRAM_BARS
  const heightOf = (number: number): number => (number === 0 ? 0 : Math.max(2, Math.round((HEIGHT * number) / highest)))
  return Array.from(counts, (number, bar) => {
    if (number === 0) return ''
    const base = Math.min(HEIGHT - 2, heightOf(below?.[bar] ?? 0))
    const height = Math.min(HEIGHT - base, heightOf(number))
    return `M${bar * width} ${HEIGHT - base}v-${height}h${width - 1}v${height}z`
  }).join('')
}
