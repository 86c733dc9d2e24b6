import type { CorrelationTable, Profile } from '../../domain/profile.ts'
import { squares } from './charts.ts'
import { figure } from './figures.ts'
import { html, type Markup } from './markup.ts'

const NAMES: Readonly<Record<CorrelationTable['method'], string>> = {
  pearson: "Pearson's r",
  spearman: "Spearman's rho",
  kendall: "Kendall's tau",
  'cramers-v': "Cramér's V",
  'phi-k': 'phi_k',
  'mutual-information': 'Mutual information',
}
const STRONGEST = 12
const MOST_PAIRS = 15

/** Columns against columns, for pictures. */
export function interactionsSection({ interactions = [] }: Profile): Markup {
  if (interactions.length === 0) return html``
  const shown = interactions.slice(0, MOST_PAIRS)
  return html`<section id="interactions" aria-labelledby="h-interactions">
    <h2 id="h-interactions">Interactions</h2>
    <p class="soft">
      Rows in bins; the stronger the colour, the more.
      ${interactions.length > shown.length ? `${shown.length} of ${interactions.length} pairs.` : ''}
    </p>
    ${shown.map(({ x, y, bins, counts }) => {
      const most = Math.max(...counts)
      const levels = counts.map((count) => (count === 0 ? null : Math.max(1, Math.ceil(8 * Math.sqrt(count / most)))))
      // The least y stands at the bottom.
      const flipped = Array.from({ length: bins }, (_, row) =>
        levels.slice((bins - 1 - row) * bins, (bins - row) * bins),
      ).flat()
      return html`<figure class="pair">
        ${squares(flipped, bins, `${y.column} by ${x.column}`, 'one')}
        <figcaption>${y.column} by ${x.column}</figcaption>
      </figure>`
    })}
  </section>`
}

/** A square of each measure, and its strongest pairs in words. */
export function correlationsSection({ correlations }: Profile): Markup {
  if (correlations.length === 0) return html``
  return html`<section id="correlations" aria-labelledby="h-correlations">
    <h2 id="h-correlations">Correlations</h2>
    ${correlations.map(measure)}
  </section>`
}

function measure({ method, columns, values, rows }: CorrelationTable): Markup {
  const side = columns.length
  const pairs = columns
    .flatMap((a, i) => columns.slice(0, i).map((b, j) => ({ a: b, b: a, value: values[i * side + j] ?? null })))
    .filter((pair): pair is { a: string; b: string; value: number } => pair.value !== null)
    .sort((x, y) => Math.abs(y.value) - Math.abs(x.value))
  const signed = method === 'pearson' || method === 'spearman' || method === 'kendall'
  const top = method === 'mutual-information' ? Math.max(1e-9, ...pairs.map(({ value }) => value)) : 1
  // Below the diagonal says it all.
  const levels = values.map((value, at) => {
    const [row, column] = [Math.floor(at / side), at % side]
    if (value === null || column > row) return null
    return signed ? Math.round((Math.min(1, Math.max(-1, value)) + 1) * 4) : Math.round(Math.min(1, value / top) * 8)
  })
  return html`<h3>${NAMES[method]}</h3>
    <p class="soft">${side} columns, ${figure(rows)} rows</p>
    <div class="var">
      <div>
        <div class="heat">
          ${squares(levels, side, `${NAMES[method]} of ${side} columns, in their order`, signed ? 'two' : 'one')}
        </div>
        <table>
          <caption>
            Strongest pairs
          </caption>
          <tbody>
            ${pairs.slice(0, STRONGEST).map(
              ({ a, b, value }) =>
                html`<tr data-k="${`${a} ${b}`.toLowerCase()}">
                  <td>${a}</td>
                  <td>${b}</td>
                  <td class="n">${figure(Number(value.toFixed(3)))}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </div>`
}

/** The numeric columns along time. */
export function timeSection({ timeSeries }: Profile): Markup {
  if (timeSeries === undefined || timeSeries.series.length === 0) return html``
  return html`<section id="time" aria-labelledby="h-time">
    <h2 id="h-time">Along ${timeSeries.time}</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col" class="n">Period (rows)</th>
            <th scope="col" class="n">Autocorrelation there</th>
            <th scope="col" class="n">ADF statistic</th>
            <th scope="col" class="n">p of a unit root</th>
          </tr>
        </thead>
        <tbody>
          ${timeSeries.series.map(
            ({ column, season, unitRoot }) =>
              html`<tr data-k="${column.toLowerCase()}">
                <td>${column}</td>
                <td class="n">${figure(season?.period)}</td>
                <td class="n">${figure(season?.autocorrelation)}</td>
                <td class="n">${figure(unitRoot?.statistic)}</td>
                <td class="n">${figure(unitRoot?.pValue)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`
}

/** Some rows. */
export function sampleSection({ sample, columns }: Profile): Markup {
  if (sample.length === 0) return html``
  return html`<section id="sample" aria-labelledby="h-sample">
    <h2 id="h-sample">Sample</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Some rows">
      <table>
        <thead>
          <tr>
            ${columns.map(({ name }) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${sample.map(
            (row) =>
              html`<tr>
                ${columns.map(({ name }) => html`<td>${short(row[name] ?? null)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`
}

function short(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
