import { subjectOf } from '../../domain/expectation-subject.ts'
import type { QualityTrend } from '../../domain/history/trend.ts'
import { scoreOf, type QualityScore } from '../../domain/score/quality-score.ts'
import type { ExpectationResult, ValidationResult } from '../../domain/validation-result.ts'
import { expectationCard } from './expectation-card.ts'
import { html, type Markup, trusted } from './markup.ts'
import { overviewSection, trendSection } from './overview.ts'
import { REPORT_SCRIPT, REPORT_STYLE } from './report-style.ts'

/** What a report tells besides. */
export interface CheckReportOptions {
  /** Default: `scoreOf(validation)`. */
  readonly score?: QualityScore | undefined
  readonly trend?: QualityTrend | undefined
}

// Characters of a page: past the first, cards tell no rows; past the second, those of what is met are left out, then all.
const BRIEF_FROM = 200_000
const UNMET_ONLY_FROM = 240_000
const NONE_FROM = 280_000

/**
 * A validation as one page of HTML that needs nothing else: no network, no files beside it. Readable without scripts, searchable
 * with them, light or dark as the reader's system is, and fit for paper. It shows the values that the validation has: mask those of
 * people first, see `maskedValidation`.
 */
export function checkReport(validation: ValidationResult, options: CheckReportOptions = {}): string {
  const { source, suite } = validation
  const groups = groupsOf(validation.results)
  const trend = options.trend === undefined ? html`` : trendSection(options.trend)
  const links: ReadonlyArray<readonly [string, string]> = [
    ['overview', 'Overview'],
    ...(trend.markup === '' ? [] : [['trend', 'Trend'] as const]),
    ...groups.slice(0, 30).map(({ id, name }) => [id, name] as const),
  ]
  // Only the page's own style and script may run, and nothing may be fetched.
  const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <title>${suite}: check of ${source}</title>
        <style>
          ${trusted(REPORT_STYLE)}
        </style>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the report</a>
        <header><h1>Check of ${source}</h1></header>
        <nav aria-label="Sections">
          <div>
            ${links.map(([id, name]) => html`<a href="#${id}">${name}</a>`)}<label for="q"
              >Search <input id="q" type="search" placeholder="column, expectation, unmet" /></label
            ><span id="found" role="status" class="soft"></span>
          </div>
        </nav>
        <main id="main">
          ${overviewSection(validation, options.score ?? scoreOf(validation))}${trend}${groupSections(groups)}
        </main>
        <footer><p class="soft">Made by Nomaly.</p></footer>
        <script>
          ${trusted(REPORT_SCRIPT)}
        </script>
      </body>
    </html> `.markup
}

interface Group {
  readonly id: string
  readonly name: string
  readonly results: ReadonlyArray<ExpectationResult>
}

// The table as a whole first, then columns in the order in which the suite comes to them; within each what is not met first.
function groupsOf(results: ReadonlyArray<ExpectationResult>): ReadonlyArray<Group> {
  const bySubject = new Map<string, Array<ExpectationResult>>([['', []]])
  for (const one of results) {
    const subject = subjectOf(one.expectation)
    const group = bySubject.get(subject)
    if (group === undefined) bySubject.set(subject, [one])
    else group.push(one)
  }
  return [...bySubject].flatMap(([subject, all], i) => {
    if (all.length === 0) return []
    const unmetFirst = [...all].sort((a, b) => Number(a.success) - Number(b.success))
    return [{ id: `column-${i}`, name: subject === '' ? 'The table' : subject, results: unmetFirst }]
  })
}

function groupSections(groups: ReadonlyArray<Group>): ReadonlyArray<Markup> {
  let size = 0
  return groups.map(({ id, name, results }) => {
    const cards: Array<Markup> = []
    for (const one of results) {
      if (size > (one.success ? UNMET_ONLY_FROM : NONE_FROM)) continue
      const card = expectationCard(one, name, size > BRIEF_FROM)
      size += card.markup.length
      cards.push(card)
    }
    const left = results.length - cards.length
    const unmet = results.filter(({ success }) => !success).length
    return html`<section id="${id}" aria-labelledby="h-${id}" data-group="">
      <h2 id="h-${id}">${name}${unmet === 0 ? '' : ` (${unmet} not met)`}</h2>
      ${cards}${left === 0 ? null : html`<p class="soft">${left} more are not shown here: the JSON has all.</p>`}
    </section>`
  })
}
