import type { Profile } from '../../domain/profile.ts'
import { figure, moment, share } from './figures.ts'
import { html, type Markup } from './markup.ts'

/** How large the table is, and what its columns are. */
export function overviewSection(profile: Profile): Markup {
  const { rows, columns, missingCells, duplicateRows } = profile
  const kinds = new Map<string, number>()
  for (const { type } of columns) kinds.set(type, (kinds.get(type) ?? 0) + 1)
  const tiles: ReadonlyArray<readonly [string, string]> = [
    ['Rows', figure(rows)],
    ['Columns', figure(columns.length)],
    ['Missing cells', `${figure(missingCells)} (${share(missingCells, rows * columns.length)})`],
    [
      'Duplicate rows',
      duplicateRows === null ? 'not counted' : `${figure(duplicateRows)} (${share(duplicateRows, rows)})`,
    ],
    ...[...kinds].map(([kind, count]) => [`Columns: ${kind}`, figure(count)] as const),
  ]
  return html`<section id="overview" aria-labelledby="h-overview">
    <h2 id="h-overview">Overview</h2>
    <dl class="tiles">
      ${tiles.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </section>`
}

const MOST_RELATIONS = 30

/** What tells rows apart, and what follows from what. */
export function keysSection({ keys, dependencies }: Profile): Markup {
  if (keys.length + dependencies.length === 0) return html``
  const rest = Math.max(0, dependencies.length - MOST_RELATIONS)
  const sure = keys.filter(({ exact }) => exact).map(({ columns }) => columns.join(' + '))
  const likely = keys.filter(({ exact }) => !exact).map(({ columns }) => columns.join(' + '))
  return html`<section id="keys" aria-labelledby="h-keys">
    <h2 id="h-keys">Keys and dependencies</h2>
    ${sure.length === 0 ? null : html`<p><strong>Keys (all rows):</strong> ${sure.join(', ')}</p>`}
    ${likely.length === 0 ? null : html`<p><strong>Keys (of a sample):</strong> ${likely.join(', ')}</p>`}
    ${
      dependencies.length === 0
        ? null
        : html`<div class="scroll">
            <table>
              <caption>
                What follows from what${rest === 0 ? '' : `, ${rest} more not shown`}
              </caption>
              <thead>
                <tr>
                  <th scope="col">Determinant</th>
                  <th scope="col">Dependent</th>
                  <th scope="col" class="n">But for</th>
                  <th scope="col" class="n">Rows</th>
                </tr>
              </thead>
              <tbody>
                ${dependencies.slice(0, MOST_RELATIONS).map(
                  ({ determinant, dependent, error, rows }) =>
                    html`<tr data-k="${[...determinant, dependent].join(' ').toLowerCase()}">
                      <td>${determinant.join(' + ')}</td>
                      <td>${dependent}</td>
                      <td class="n">${share(error, 1)}</td>
                      <td class="n">${figure(rows)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`
}

/** What is worth a look. */
export function alertsSection({ alerts }: Profile): Markup {
  const body =
    alerts.length === 0
      ? html`<p>Nothing stands out.</p>`
      : html`<div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Alert</th>
                <th scope="col">What</th>
                <th scope="col">Statistic</th>
                <th scope="col" class="n">Value</th>
                <th scope="col" class="n">Threshold</th>
              </tr>
            </thead>
            <tbody>
              ${alerts.map(
                ({ kind, column, message, statistic, value, threshold }) =>
                  html`<tr data-k="${`${column ?? ''} ${kind}`.toLowerCase()}">
                    <td><span class="tag w">${kind}</span></td>
                    <td>${message}</td>
                    <td>${statistic}</td>
                    <td class="n">${figure(value)}</td>
                    <td class="n">${figure(threshold)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>`
  return html`<section id="alerts" aria-labelledby="h-alerts">
    <h2 id="h-alerts">Alerts (${alerts.length})</h2>
    ${body}
  </section>`
}

/** How the profile came about. */
export function reproductionSection({ source, engine, createdAt, formatVersion, correlations }: Profile): Markup {
  const sampled = correlations[0]
  return html`<section id="reproduction" aria-labelledby="h-reproduction">
    <h2 id="h-reproduction">Reproduction</h2>
    <p>Source: ${source}. Engine: ${engine}. Made: ${moment(createdAt)}. Profile format ${formatVersion}.</p>
    <p>
      ${sampled === undefined ? '' : `Correlations from ${figure(sampled.rows)} rows${sampled.seed === undefined ? ' (all)' : `, drawn with seed ${sampled.seed}`}. `}Quantiles
      are of type 7, standard deviations with n − 1, times in UTC.
    </p>
  </section>`
}
