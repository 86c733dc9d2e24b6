import type { QualityTrend } from '../../domain/history/trend.ts'
import type { QualityScore } from '../../domain/score/quality-score.ts'
import type { ValidationResult } from '../../domain/validation-result.ts'
import { html, type Markup } from './markup.ts'

/** How good the data is, in figures. */
export function overviewSection(validation: ValidationResult, { score, dimensions, weights }: QualityScore): Markup {
  const { suite, engine, rows, statistics, startedAt, durationMs } = validation
  const errors = validation.results.filter(({ exception }) => exception !== undefined).length
  const tiles: ReadonlyArray<readonly [string, string]> = [
    ['Quality score (of 100)', score === null ? '–' : score.toFixed(1)],
    ['Expectations met', `${statistics.successful} of ${statistics.evaluated}`],
    ...(errors === 0 ? [] : [['Not evaluated', String(errors)] as const]),
    ['Rows', rows.toLocaleString('en-US')],
    ['Suite', suite],
    ['Checked', `${new Date(startedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`],
    ['By', `${engine}, ${(durationMs / 1000).toFixed(1)} s`],
  ]
  const { critical, warning, info } = weights.severity
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
    ${
      dimensions.length === 0
        ? null
        : html`<div class="scroll" tabindex="0" role="group" aria-label="Dimensions">
            <table>
              <caption>
                Score by dimension. An expectation counts by the share of its rows that are as expected, else 1 or 0;
                critical ones ${critical}, warnings ${warning}, notes ${info} times.
              </caption>
              <thead>
                <tr>
                  <th scope="col">Dimension</th>
                  <th scope="col" class="n">Score</th>
                  <th scope="col"><span class="soft">0 to 100</span></th>
                  <th scope="col" class="n">Expectations</th>
                  <th scope="col" class="n">Not met</th>
                </tr>
              </thead>
              <tbody>
                ${dimensions.map(
                  (one) =>
                    html`<tr>
                      <th scope="row">${one.dimension}</th>
                      <td class="n">${one.score.toFixed(1)}</td>
                      <td><span class="bar" style="--s:${Math.round(one.score)}%"></span></td>
                      <td class="n">${one.expectations}</td>
                      <td class="n">${one.unmet}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`
}

/** How it went before. Empty with fewer than two runs. */
export function trendSection(trend: QualityTrend): Markup {
  const scores = trend.runs.flatMap(({ score }) => (score === null ? [] : [score]))
  if (scores.length < 2) return html``
  const least = Math.min(...scores)
  const most = Math.max(...scores)
  const height = (score: number): number => (most === least ? 45 : 84 - (78 * (score - least)) / (most - least))
  const path = scores
    .map(
      (score, i) => `${i === 0 ? 'M' : 'L'}${((100 * i) / (scores.length - 1)).toFixed(2)} ${height(score).toFixed(1)}`,
    )
    .join('')
  const last = scores.at(-1) ?? 0
  const worse = trend.expectations.filter(({ change }) => change !== null && change > 0)
  const label = `Score of the last ${scores.length} runs: from ${least.toFixed(1)} to ${most.toFixed(1)}, now ${last.toFixed(1)}`
  return html`<section id="trend" aria-labelledby="h-trend">
    <h2 id="h-trend">Trend</h2>
    <svg class="trend" viewBox="0 0 100 90" preserveAspectRatio="none" role="img" aria-label="${label}">
      <path d="${path}" />
    </svg>
    <p class="soft">${label}.</p>
    ${
      worse.length === 0
        ? null
        : html`<ul>
            ${worse.map(
              ({ type, subject, change }) =>
                html`<li>
                  ${type}${subject === '' ? '' : ` of ${subject}`}: ${(change ?? 0).toFixed(2)} percentage points more
                  unexpected rows than before
                </li>`,
            )}
          </ul>`
    }
  </section>`
}
