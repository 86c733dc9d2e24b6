import { commandLine } from './command-line.ts'
import { brief, duration, figure, moment, valueText } from './figures.ts'
import { html, type Markup } from './markup.ts'
import type { DetectionReportInput } from './report-input.ts'

const MOST_NAMES = 40
const LONGEST_VALUE = 300
const LONGEST_COMMAND = 8000

/** How it was made, from which data, and how to make it again. */
export function makingSection(report: DetectionReportInput): Markup {
  const { data, id, createdAt, durationMs, version, algorithm, model, columns, parameters, options, command } = report
  const names = columns.slice(0, MOST_NAMES).map((name) => brief(name, 60))
  const more = columns.length > names.length ? ` and ${figure(columns.length - names.length)} more` : ''
  return html`<section aria-labelledby="h-making">
    <h2 id="h-making">How it was made</h2>
    ${facts('The data', [
      ['Name', brief(data.name, LONGEST_VALUE)],
      ['Rows', figure(data.rows)],
      ['SHA-256 of the file', data.sha256 ?? 'not taken'],
      ['Columns looked at', `${names.join(', ')}${more}`],
    ])}
    ${facts('The detector', [
      ['Detector', algorithm],
      ...(model === undefined ? [] : [['Model', `${model.name}, version ${model.version}`] as const]),
      ...[...Object.entries(parameters), ...Object.entries(options)].flatMap(([name, value]) =>
        value === undefined ? [] : [[name, valueText(value, LONGEST_VALUE)] as const],
      ),
    ])}
    ${facts('The run', [
      ...(id === undefined ? [] : [['Result', id] as const]),
      ['Made', moment(createdAt)],
      ...(durationMs === undefined ? [] : [['Took', duration(durationMs)] as const]),
      ['By', `Nomaly ${version}`],
    ])}
    ${command === undefined ? null : again(commandLine(command), data.sha256)}
  </section>`
}

function facts(caption: string, rows: ReadonlyArray<readonly [string, string]>): Markup {
  return html`<table class="facts">
    <caption>
      ${caption}
    </caption>
    <tbody>
      ${rows.map(
        ([name, value]) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td>${value}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function again(line: string, sha256: string | undefined): Markup {
  if (line.length > LONGEST_COMMAND) return html``
  return html`<h3>To do it again</h3>
    <pre>${line}</pre>
    <p class="soft">
      The same scores come of the same file${sha256 === undefined ? '' : ' (its SHA-256 is above)'}, the same seed and
      the same version.
    </p>`
}
