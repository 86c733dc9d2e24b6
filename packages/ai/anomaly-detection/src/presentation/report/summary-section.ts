import { detectorText } from '../cli/detector-text.ts'
import { brief, count, figure, moment, share, valueText } from './figures.ts'
import { html, type Markup } from './markup.ts'
import type { DetectionReportInput } from './report-input.ts'

/** What was looked at and what was found, in words and in figures. */
export function summarySection(report: DetectionReportInput): Markup {
  const { rows, anomalyCount, columns, series, entities, threshold, feedback, createdAt } = report
  const { trueAlarms, falseAlarms } = feedback
  const tiles: ReadonlyArray<readonly [string, string]> = [
    ['Rows', figure(rows)],
    ['Anomalies', `${figure(anomalyCount)} (${share(anomalyCount, rows)})`],
    series === undefined ? ['Columns', figure(columns.length)] : ['Series', figure(entities?.length ?? 1)],
    ['Threshold', threshold === undefined ? 'one a series' : figure(threshold)],
    [
      'Feedback',
      trueAlarms + falseAlarms === 0 ? 'none yet' : `${figure(trueAlarms)} true, ${figure(falseAlarms)} false`,
    ],
    ['Made', moment(createdAt)],
  ]
  return html`<section aria-labelledby="h-summary">
    <h2 id="h-summary">Summary</h2>
    <p>${foundText(report)}</p>
    ${report.lacks.map((lack) => html`<p class="soft">${lack}</p>`)}
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

function foundText(report: DetectionReportInput): string {
  const { data, rows, anomalyCount, columns, series, entities, model, anomalies, threshold } = report
  const by =
    model === undefined
      ? detectorText(report.algorithm, report.parameters)
      : `the model ${model.name}, version ${model.version}`
  const looked =
    series === undefined
      ? `${count(rows, 'row')} by ${count(columns.length, 'column')}`
      : `${count(rows, 'row')} of ${brief(series.value, 60)} in ${count(entities?.length ?? 1, 'series', 'series')}`
  const left = data.rows > rows ? `; ${count(data.rows - rows, 'row')} more could not be used` : ''
  const where = threshold === undefined ? 'the threshold of their series' : figure(threshold)
  const found =
    anomalyCount === 0
      ? `none of them scores above ${where}`
      : `${count(anomalyCount, 'row')} (${share(anomalyCount, rows)}) ${anomalyCount === 1 ? 'scores' : 'score'} above ${where}`
  return `Of ${brief(data.name, 120)}, ${looked} ${rows === 1 ? 'was' : 'were'} looked at by ${by}${left}: ${found}.${strangestText(report, anomalies[0])}`
}

function strangestText(
  { series, explanations }: DetectionReportInput,
  first: DetectionReportInput['anomalies'][number] | undefined,
): string {
  if (first === undefined) return ''
  const which = `The strangest is row ${figure(first.row + 1)}`
  if (series !== undefined) {
    const at = first.time === undefined ? '' : ` at ${String(first.time)}`
    const of = first.key === undefined ? '' : ` of ${brief(first.key, 60)}`
    const expected = first.expected === undefined ? '' : ` where ${figure(first.expected)} was expected`
    return ` ${which}${of}${at}: ${valueText(first.values[0])}${expected}, a score of ${figure(first.score)}.`
  }
  const why = explanations
    .find(({ row }) => row === first.row)
    ?.contributions.filter(({ contribution }) => contribution > 0)
    .slice(0, 2)
    .map(({ feature, value }) => `${brief(feature, 60)} (${valueText(value)})`)
  return ` ${which} with a score of ${figure(first.score)}${why === undefined || why.length === 0 ? '' : `, above all for its ${why.join(' and ')}`}.`
}
