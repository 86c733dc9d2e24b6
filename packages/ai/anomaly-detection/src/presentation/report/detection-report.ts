import { anomaliesSection } from './anomalies-section.ts'
import { brief, count, figure } from './figures.ts'
import { histogramFigure } from './histogram-plot.ts'
import { makingSection } from './making-section.ts'
import { html, type Markup, trusted } from './markup.ts'
import { plotFigure } from './plot.ts'
import { reasonsSection } from './reasons-section.ts'
import type { DetectionReportInput, ReportEntity } from './report-input.ts'
import { REPORT_POLICY, REPORT_STYLE } from './report-style.ts'
import { summarySection } from './summary-section.ts'

const MOST_ENTITIES = 100

/**
 * A detection as one page of HTML that needs nothing else: no network, no scripts, no files beside it; light or dark as the
 * reader's system is, and fit for paper. The same input gives the same page, to the byte; its size hangs on what is shown, not on
 * the rows of the data.
 */
export function detectionReport(report: DetectionReportInput): string {
  const { plots, closeUps, histogram, threshold, explanations, entities } = report
  const title = `Anomalies in ${brief(report.data.name, 120)}`
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${REPORT_POLICY}" />
        <title>${title}</title>
        <style>
          ${trusted(REPORT_STYLE)}
        </style>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the report</a>
        <header><h1>${title}</h1></header>
        <main id="main">
          ${summarySection(report)}
          <section aria-labelledby="h-pictures">
            <h2 id="h-pictures">In pictures</h2>
            ${plots.map(plotFigure)}${closeUps.length === 0 ? null : html`<div class="pair">${closeUps.map(plotFigure)}</div>`}
            ${histogramFigure(histogram, threshold)}
          </section>
          ${anomaliesSection(report)}${reasonsSection(explanations)}${
            entities === undefined || entities.length < 2 ? null : entitiesSection(entities)
          }${makingSection(report)}
        </main>
        <footer><p class="soft">Made by Nomaly.</p></footer>
      </body>
    </html> `.markup
}

function entitiesSection(entities: ReadonlyArray<ReportEntity>): Markup {
  const left = entities.length - MOST_ENTITIES
  return html`<section aria-labelledby="h-series">
    <h2 id="h-series">The series</h2>
    <div class="scroll" tabindex="0" role="group" aria-label="Series">
      <table>
        <thead>
          <tr>
            <th scope="col">Series</th>
            <th scope="col" class="n">Rows</th>
            <th scope="col" class="n">Anomalous</th>
            <th scope="col" class="n">Highest score</th>
          </tr>
        </thead>
        <tbody>
          ${entities.slice(0, MOST_ENTITIES).map(
            ({ key, rows, anomalies, highest }) =>
              html`<tr>
                <th scope="row">${brief(key, 80)}</th>
                <td class="n">${figure(rows)}</td>
                <td class="n">${figure(anomalies)}</td>
                <td class="n">${figure(highest)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${left > 0 ? html`<p class="soft">${count(left, 'more series', 'more series')} ${left === 1 ? 'is' : 'are'} not shown.</p>` : null}
  </section>`
}
