import type { RowExplanation } from '../../domain/explanation/explanation.ts'
import { counterfactualText } from '../cli/explanation-text.ts'
import { brief, count, figure, valueText } from './figures.ts'
import { html, type Markup } from './markup.ts'

const MOST_FEATURES = 8
const LONGEST_NAME = 60
const WIDTH = 200

/** Why the strangest rows score as they do: what each feature adds, as bars on one scale. */
export function reasonsSection(explanations: ReadonlyArray<RowExplanation>): Markup {
  const [first] = explanations
  if (first === undefined) return html``
  const sizes = explanations.flatMap(({ contributions }) =>
    contributions.map(({ contribution }) => Math.abs(contribution)),
  )
  const most = sizes.reduce((a, b) => Math.max(a, b), 0)
  return html`<section aria-labelledby="h-reasons">
    <h2 id="h-reasons">Why they are strange</h2>
    <p class="soft">
      What each column adds to
      ${first.output === 'score' ? 'the score' : 'minus the mean path length, which the score is made of'}, by
      ${first.method}: to the right of the line it makes the row stranger, to the left more usual.
    </p>
    <div class="cards">${explanations.map((one) => card(one, most))}</div>
  </section>`
}

function card({ row, score, contributions, counterfactual }: RowExplanation, most: number): Markup {
  const shown = contributions.filter(({ contribution }) => contribution !== 0).slice(0, MOST_FEATURES)
  const left = contributions.length - shown.length
  return html`<article class="card">
    <h3>Row ${figure(row + 1)}</h3>
    <span class="tag">score ${figure(score)}</span>
    <table class="reasons">
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col" class="n">Value</th>
          <th scope="col" class="n">Adds</th>
          <th scope="col"><span class="unseen">Bar</span></th>
        </tr>
      </thead>
      <tbody>
        ${shown.map(
          ({ feature, value, contribution }) =>
            html`<tr>
              <th scope="row">${brief(feature, LONGEST_NAME)}</th>
              <td class="n">${valueText(value)}</td>
              <td class="n">${contribution < 0 ? '−' : '+'}${figure(Math.abs(contribution))}</td>
              <td>${bar(contribution, most)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${left > 0 ? html`<p class="soft">${count(left, 'column')} more ${left === 1 ? 'adds' : 'add'} less or nothing.</p>` : null}
    ${counterfactual === undefined ? null : html`<p>${sentence(brief(counterfactualText(counterfactual), 300))}</p>`}
  </article>`
}

function bar(contribution: number, most: number): Markup {
  const half = WIDTH / 2
  const length = most > 0 ? Math.max(1, Math.round((Math.abs(contribution) / most) * half)) : 0
  const from = contribution < 0 ? half - length : half
  return html`<svg class="bar" viewBox="0 0 ${WIDTH} 12" preserveAspectRatio="none" aria-hidden="true">
    <path class="bars${contribution > 0 ? ' odd' : ''}" d="M${from} 1h${length}v10h-${length}z" />
    <path class="zero" d="M${half} 0V12" />
  </svg>`
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
