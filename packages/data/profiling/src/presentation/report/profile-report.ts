import type { ProfileComparison } from '../../domain/comparison/profile-comparison.ts'
import type { Profile } from '../../domain/profile.ts'
import { comparisonSection } from './comparison-section.ts'
import { html, type Markup, trusted } from './markup.ts'
import { missingSection } from './missing-section.ts'
import { alertsSection, keysSection, overviewSection, reproductionSection } from './overview-section.ts'
import { correlationsSection, interactionsSection, sampleSection, timeSection } from './relations-sections.ts'
import { REPORT_SCRIPT, REPORT_STYLE } from './report-style.ts'
import { variablesSection } from './variables-section.ts'

/**
 * A profile as one page of HTML that needs nothing else: no network, no files beside it. Readable without scripts, searchable
 * with them, light or dark as the reader's system is, and fit for paper. What the profile masks stays masked.
 */
export function profileReport(
  profile: Profile,
  { comparison }: { readonly comparison?: ProfileComparison | undefined } = {},
): string {
  const sections: ReadonlyArray<readonly [id: string, name: string, section: Markup]> = [
    ['overview', 'Overview', overviewSection(profile)],
    ['drift', 'Drift', comparison === undefined ? html`` : comparisonSection(comparison)],
    ['alerts', 'Alerts', alertsSection(profile)],
    ['variables', 'Variables', variablesSection(profile)],
    ['keys', 'Keys', keysSection(profile)],
    ['interactions', 'Interactions', interactionsSection(profile)],
    ['correlations', 'Correlations', correlationsSection(profile)],
    ['time', 'Time', timeSection(profile)],
    ['missing', 'Missing', missingSection(profile)],
    ['sample', 'Sample', sampleSection(profile)],
    ['reproduction', 'Reproduction', reproductionSection(profile)],
  ]
  const there = sections.filter(([, , { markup }]) => markup !== '')
  // Only the page's own style and script may run, and nothing may be fetched.
  const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <title>Profile of ${profile.source}</title>
        <style>
          ${trusted(REPORT_STYLE)}
        </style>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the report</a>
        <header><h1>Profile of ${profile.source}</h1></header>
        <nav aria-label="Sections">
          <div>
            ${there.map(([id, name]) => html`<a href="#${id}">${name}</a>`)}<label for="q"
              >Search <input id="q" type="search" placeholder="column, type, alert" /></label
            ><span id="found" role="status" class="soft"></span>
          </div>
        </nav>
        <main id="main">${there.map(([, , section]) => section)}</main>
        <footer><p class="soft">Made by Nomaly.</p></footer>
        <script>
          ${trusted(REPORT_SCRIPT)}
        </script>
      </body>
    </html> `.markup
}
