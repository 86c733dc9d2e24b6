import type { Profile } from '../../domain/profile.ts'
import { bar, squares } from './charts.ts'
import { figure, share } from './figures.ts'
import { html, type Markup } from './markup.ts'

const MOST_COLUMNS = 30

/** What is missing where, and what is missing together. */
export function missingSection(profile: Profile): Markup {
  const { columns, rows, missingPatterns } = profile
  const some = columns.filter(({ nulls }) => nulls > 0).sort((a, b) => b.nulls - a.nulls)
  if (some.length === 0)
    return html`<section id="missing" aria-labelledby="h-missing">
      <h2 id="h-missing">Missing values</h2>
      <p>None.</p>
    </section>`
  return html`<section id="missing" aria-labelledby="h-missing">
    <h2 id="h-missing">Missing values</h2>
    <div class="var">
      <div>
        <table>
          <caption>
            By column
          </caption>
          <tbody>
            ${some.map(
              ({ name, nulls }) =>
                html`<tr data-k="${name.toLowerCase()}">
                  <td>${name}${bar(nulls / rows)}</td>
                  <td class="n">${figure(nulls)}</td>
                  <td class="n">${share(nulls, rows)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
        <table>
          <caption>
            Missing together
          </caption>
          <tbody>
            ${missingPatterns.slice(0, 20).map(
              ({ missing, rows: count }) =>
                html`<tr>
                  <td>${missing.length === 0 ? 'nothing' : missing.join(', ')}</td>
                  <td class="n">${figure(count)}</td>
                  <td class="n">${share(count, rows)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
        ${nullityPicture(
          profile,
          some.slice(0, MOST_COLUMNS).map(({ name }) => name),
        )}
      </div>
    </div>
  </section>`
}

function nullityPicture(profile: Profile, names: ReadonlyArray<string>): Markup {
  const levels = missingTogether(profile, names)
  if (names.length < 2 || levels.every((level) => level === null)) return html``
  return html`<figure class="pair">
    ${squares(levels, names.length, `Correlation of gaps of ${names.length} columns`, 'two')}
    <figcaption>Correlation of gaps, in this order: ${names.join(', ')}</figcaption>
  </figure>`
}

// How far two columns are missing together: the correlation of their gaps, from the patterns.
function missingTogether(
  { missingPatterns, rows }: Profile,
  names: ReadonlyArray<string>,
): ReadonlyArray<number | null> {
  const sets = missingPatterns.map(({ missing, rows: count }) => ({ gone: new Set(missing), count }))
  const seen = sets.reduce((sum, { count }) => sum + count, 0)
  const shareOf = (test: (gone: ReadonlySet<string>) => boolean): number =>
    sets.reduce((sum, { gone, count }) => sum + (test(gone) ? count : 0), 0) / seen
  return names.flatMap((a, i) =>
    names.map((b, j) => {
      if (j > i || seen < rows) return null
      const [p, q, both] = [
        shareOf((gone) => gone.has(a)),
        shareOf((gone) => gone.has(b)),
        shareOf((gone) => gone.has(a) && gone.has(b)),
      ]
      const r = (both - p * q) / Math.sqrt(p * (1 - p) * q * (1 - q))
      return Number.isFinite(r) ? Math.round((r + 1) * 4) : null
    }),
  )
}
