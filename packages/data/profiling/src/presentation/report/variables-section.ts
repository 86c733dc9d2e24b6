import type { Alert } from '../../domain/alert.ts'
import type { ColumnProfile } from '../../domain/column-profile.ts'
import type { Profile } from '../../domain/profile.ts'
import { bar, histogramChart } from './charts.ts'
import { duration, figure, moment, share } from './figures.ts'
import { html, type Markup } from './markup.ts'

/** One card a column. */
export function variablesSection(profile: Profile): Markup {
  return html`<section id="variables" aria-labelledby="h-variables">
    <h2 id="h-variables">Variables</h2>
    ${profile.columns.map((column) =>
      variable(
        column,
        profile.rows,
        profile.alerts.filter((alert) => alert.column === column.name),
      ),
    )}
  </section>`
}

function variable(column: ColumnProfile, rows: number, alerts: ReadonlyArray<Alert>): Markup {
  const { name, type, physicalType, semantic } = column
  const key = [name, type, physicalType, ...semantic.map(({ kind }) => kind), ...alerts.map(({ kind }) => kind)].join(
    ' ',
  )
  return html`<article class="var" data-k="${key.toLowerCase()}">
    <h3>${name}</h3>
    <span class="tag">${type}</span><span class="tag">${physicalType}</span>${semantic.map(
      ({ kind, personal, evidence, share: part }) =>
        html`<span class="tag${personal ? ' w' : ''}" title="${evidence}"
          >${kind} ${share(part, 1)}${personal ? ', personal: masked unless asked for' : ''}</span
        >`,
    )}${alerts.map(({ kind }) => html`<span class="tag w">${kind}</span>`)}
    <div>
      ${factsTable('Values', countFacts(column, rows))}${column.numbers === undefined ? null : numberParts(column)}${column.dates === undefined ? null : dateParts(column)}${column.texts === undefined ? null : textParts(column)}${topTable(column)}
    </div>
  </article>`
}

type Facts = ReadonlyArray<readonly [string, string]>

function factsTable(title: string, facts: Facts): Markup {
  return html`<table class="f">
    <caption>
      ${title}
    </caption>
    <tbody>
      ${facts.map(
        ([name, value]) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td>${value}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function countFacts({ count, nulls, distinct }: ColumnProfile, rows: number): Facts {
  return [
    ['Present', figure(count)],
    ['Missing', `${figure(nulls)} (${share(nulls, rows)})`],
    ['Different', `${distinct.exact ? '' : '≈ '}${figure(distinct.value)} (${share(distinct.value, count)})`],
  ]
}

function numberParts({ name, numbers }: ColumnProfile): Markup {
  if (numbers === undefined) return html``
  const middle = (p: number): string => figure(numbers.quantiles.find((one) => one.p === p)?.value ?? null)
  return html`<div>
      ${histogramChart(numbers.histogram, `Histogram of ${name}`)}
      <p class="ends">
        <span>${figure(numbers.histogram.edges[0])}</span><span>${figure(numbers.histogram.edges.at(-1))}</span>
      </p>
    </div>
    ${factsTable('Statistics', [
      ['Minimum', numbers.exactMin ?? figure(numbers.min)],
      ['Median', middle(0.5)],
      ['Mean', figure(numbers.mean)],
      ['Maximum', numbers.exactMax ?? figure(numbers.max)],
      ['Standard deviation', figure(numbers.sd)],
      ['Skewness', figure(numbers.skewness)],
      ['Excess kurtosis', figure(numbers.kurtosis)],
      ['Sum', numbers.exactSum ?? figure(numbers.sum)],
    ])}${factsTable('Quantiles and counts', [
      ...numbers.quantiles.map(({ p, value }) => [`${Number((p * 100).toFixed(2))} %`, figure(value)] as const),
      ['Zeros', figure(numbers.zeros)],
      ['Negative', figure(numbers.negatives)],
      ['Infinite, NaN', `${figure(numbers.infinities)}, ${figure(numbers.nans)}`],
      ['Least', numbers.smallest.slice(0, 3).map(figure).join(', ')],
      ['Greatest', numbers.largest.slice(0, 3).map(figure).join(', ')],
    ])}`
}

function dateParts({ name, dates }: ColumnProfile): Markup {
  if (dates === undefined) return html``
  return html`<div>
      ${histogramChart(dates.histogram, `Histogram of ${name} over time`)}
      <p class="ends"><span>${moment(dates.min)}</span><span>${moment(dates.max)}</span></p>
    </div>
    ${factsTable('Time', [
      ['Earliest', moment(dates.min)],
      ['Latest', moment(dates.max)],
      ['Usual step', `${dates.medianStepExact ? '' : '≈ '}${duration(dates.medianStepMs)}`],
      ...dates.gaps
        .slice(0, 5)
        .map(({ from, to }) => [`Gap of ${duration(to - from)}`, `from ${moment(from)}`] as const),
    ])}`
}

function textParts({ texts }: ColumnProfile): Markup {
  if (texts === undefined) return html``
  return html`${factsTable('Lengths (characters)', [
      ['Shortest', figure(texts.minLength)],
      ['Mean', figure(texts.meanLength)],
      ['Longest', figure(texts.maxLength)],
      ['Empty', figure(texts.empty)],
    ])}
    <table class="f">
      <caption>
        Shapes (A capital, a letter, 9 digit)
      </caption>
      <tbody>
        ${texts.patterns.slice(0, 5).map(
          ({ pattern, count }) =>
            html`<tr>
              <td>${pattern}</td>
              <td>${share(count, texts.looked)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`
}

function topTable({ top, count }: ColumnProfile): Markup {
  if (top.length === 0 || (top[0]?.count ?? 0) < 2) return html``
  return html`<table class="f">
    <caption>
      Most frequent
    </caption>
    <tbody>
      ${top.slice(0, 8).map(
        ({ value, count: times }) =>
          html`<tr>
            <td>${cut(String(value))}${bar(times / count)}</td>
            <td>${figure(times)}</td>
            <td>${share(times, count)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
