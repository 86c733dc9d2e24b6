import type { ExpectationResult } from '../../domain/validation-result.ts'
import { findingText, valueText } from '../outputs/result-text.ts'
import { html, type Markup } from './markup.ts'

const MOST_ROWS = 10
const LONGEST_STATEMENT = 1500

/** How an expectation came out, in one word. */
function outcomeOf({ success, exception }: ExpectationResult): 'met' | 'unmet' | 'error' {
  if (exception !== undefined) return 'error'
  return success ? 'met' : 'unmet'
}

/** One expectation: what it asks, what was found and, unless it is to be brief, which rows fail it. */
export function expectationCard(one: ExpectationResult, subject: string, isBrief: boolean): Markup {
  const { expectation, severity, result, power } = one
  const outcome = outcomeOf(one)
  const finding = findingText(one)
  const note = expectation.meta?.['notes'] ?? expectation.meta?.['description']
  const key = [subject, expectation.type, outcome, severity, expectation.id ?? ''].join(' ').toLowerCase()
  return html`<article class="one ${outcome} ${severity}" data-k="${key}">
    <h3>${words(expectation.type)}</h3>
    <span class="tag ${outcome}">${outcome}</span><span class="tag">${severity}</span>
    ${typeof note === 'string' ? html`<p>${note}</p>` : null}
    <p><code>${argumentsText(expectation.kwargs)}</code></p>
    <p>
      ${finding === '' ? (outcome === 'met' ? 'As expected.' : 'Not as expected.') : `${finding}.`}
      ${power === undefined || power.sufficient ? null : html`<span class="soft">Too few rows to conclude: ${power.rows} of ${power.needed ?? 'any number'} needed.</span>`}
    </p>
    ${outcome === 'unmet' && !isBrief ? failing(one) : null}${
      outcome !== 'unmet' || isBrief || result.unexpectedIndexQuery === undefined
        ? null
        : statement(result.unexpectedIndexQuery)
    }
  </article>`
}

// expectColumnValuesToBeBetween: as a sentence begins.
function words(type: string): string {
  const text = type.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2').toLowerCase()
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

function argumentsText(kwargs: Readonly<Record<string, unknown>>): string {
  return Object.entries(kwargs)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${name}: ${valueText(value)}`)
    .join(', ')
}

function failing({ result }: ExpectationResult): Markup {
  const keyed = (result.partialUnexpectedIndexList ?? []).filter(isRecord)
  if (keyed.length > 0) return rowsTable(keyed)
  const counted = (result.partialUnexpectedCounts ?? []).slice(0, MOST_ROWS)
  if (counted.length === 0) return html``
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Unexpected values">
    <table>
      <caption>
        Unexpected values, most frequent first
      </caption>
      <thead>
        <tr>
          <th scope="col">Value</th>
          <th scope="col" class="n">Rows</th>
        </tr>
      </thead>
      <tbody>
        ${counted.map(
          ({ value, count }) =>
            html`<tr>
              <td>${valueText(value)}</td>
              <td class="n">${count.toLocaleString('en-US')}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

function rowsTable(rows: ReadonlyArray<Readonly<Record<string, unknown>>>): Markup {
  const names = Object.keys(rows[0] ?? {})
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Failing rows">
    <table>
      <caption>
        Failing rows, the first ${Math.min(rows.length, MOST_ROWS)}
      </caption>
      <thead>
        <tr>
          ${names.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.slice(0, MOST_ROWS).map(
          (row) =>
            html`<tr>
              ${names.map((name) => html`<td>${valueText(row[name] ?? null)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

function statement(text: string): Markup {
  const shown = text.length > LONGEST_STATEMENT ? `${text.slice(0, LONGEST_STATEMENT)} …` : text
  return html`<details>
    <summary>What selects these rows</summary>
    <pre>${shown}</pre>
  </details>`
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
