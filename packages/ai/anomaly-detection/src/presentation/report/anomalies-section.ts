import { brief, count, figure, valueText } from './figures.ts'
import { html, type Markup } from './markup.ts'
import type { DetectionReportInput, ReportAnomaly } from './report-input.ts'

const LONGEST_NAME = 60
const VERDICTS = { true_alarm: 'true alarm', false_alarm: 'false alarm' } as const

/** The strangest rows with their values. */
export function anomaliesSection(report: DetectionReportInput): Markup {
  return html`<section aria-labelledby="h-anomalies">
    <h2 id="h-anomalies">The strangest rows</h2>
    ${
      report.anomalies.length === 0
        ? html`<p>No row scores above the threshold.</p>`
        : html`<p class="soft">${introduction(report)} Rows are numbered from 1; a header is not counted.</p>
            ${table(report)}`
    }
  </section>`
}

function introduction({ anomalies, anomalyCount, columns, valueColumns, series }: DetectionReportInput): string {
  if (series !== undefined) return 'The highest of each stretch of anomalous rows, the highest score first.'
  const left = columns.filter((column) => !valueColumns.includes(column)).length
  const more = left === 0 ? '' : ` ${count(left, 'column')} more ${left === 1 ? 'is' : 'are'} not shown.`
  if (anomalies.length === anomalyCount) return `The highest score first.${more}`
  return `${count(anomalies.length, 'row')} of ${figure(anomalyCount)}, the highest score first.${more}`
}

function table({ anomalies, valueColumns, series }: DetectionReportInput): Markup {
  const has = (name: 'expected' | 'lower' | 'verdict'): boolean => anomalies.some((one) => one[name] !== undefined)
  const columns: ReadonlyArray<Column> = [
    { name: 'Row', isNumber: true, of: ({ row }) => figure(row + 1) },
    ...(series?.key === undefined ? [] : [{ name: series.key, of: ({ key }: ReportAnomaly) => valueText(key) }]),
    ...(series === undefined ? [] : [{ name: series.time, of: ({ time }: ReportAnomaly) => timeText(time) }]),
    { name: 'Score', isNumber: true, of: ({ score }) => figure(score) },
    ...(has('verdict') ? [{ name: 'Feedback', of: feedbackText }] : []),
    ...valueColumns.map((name, at) => ({
      name,
      isNumber: anomalies.every(({ values }) => typeof values[at] !== 'string'),
      of: ({ values }: ReportAnomaly) => valueText(values[at]),
    })),
    ...(has('expected')
      ? [{ name: 'Expected', isNumber: true, of: (one: ReportAnomaly) => figure(one.expected) }]
      : []),
    ...(has('lower') ? [{ name: 'Band', isNumber: true, of: bandText }] : []),
  ]
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Anomalous rows">
    <table>
      <thead>
        <tr>
          ${columns.map(({ name, isNumber }) => html`<th scope="col" ${numberClass(isNumber)}>${brief(name, LONGEST_NAME)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${anomalies.map(
          (one) =>
            html`<tr>
              ${columns.map(({ of, isNumber }) => html`<td${numberClass(isNumber)}>${of(one)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

interface Column {
  readonly name: string
  readonly isNumber?: boolean
  readonly of: (one: ReportAnomaly) => string
}

function numberClass(isNumber: boolean | undefined): Markup | undefined {
  return isNumber === true ? html` class="n"` : undefined
}

// As it is written: a time with separators is none.
function timeText(time: string | number | undefined): string {
  return typeof time === 'number' ? String(time) : valueText(time)
}

function bandText({ lower, upper }: ReportAnomaly): string {
  return `${figure(lower)} to ${figure(upper)}`
}

function feedbackText({ verdict, note }: ReportAnomaly): string {
  if (verdict === undefined) return '–'
  return note === undefined || note === '' ? VERDICTS[verdict] : `${VERDICTS[verdict]}: ${brief(note, 200)}`
}
