import type { DriftTest, ProfileComparison } from '../../domain/comparison/profile-comparison.ts'
import { figure, moment, share } from './figures.ts'
import { html, type Markup } from './markup.ts'

/** How the table differs from its reference. */
export function comparisonSection(comparison: ProfileComparison): Markup {
  const { reference, columns, drifted, tested, falseDiscoveryRate, schema } = comparison
  const changes: ReadonlyArray<readonly [string, ReadonlyArray<string>]> = [
    ['Added', schema.added],
    ['Removed', schema.removed],
    ['Of another type', schema.retyped.map((one) => `${one.column} (${one.reference} → ${one.current})`)],
    ['Missing values now', schema.nowMissing],
  ]
  return html`<section id="drift" aria-labelledby="h-drift">
    <h2 id="h-drift">Drift against ${reference.source}</h2>
    <p>
      ${drifted} of ${tested} columns drifted. Reference: ${figure(reference.rows)} rows,
      ${moment(reference.createdAt)}. Of the drifted ones at most ${share(falseDiscoveryRate, 1)} are expected to be
      false.
    </p>
    ${changes.filter(([, names]) => names.length > 0).map(([what, names]) => html`<p><strong>${what}:</strong> ${names.join(', ')}</p>`)}
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Values</th>
            <th scope="col">Test</th>
            <th scope="col" class="n">adjusted p</th>
            <th scope="col" class="n">Distance</th>
            <th scope="col">Missing</th>
          </tr>
        </thead>
        <tbody>
          ${columns.map(
            ({ column, values, missing }) =>
              html`<tr data-k="${`${column} ${values.outcome}`.toLowerCase()}">
                <td>${column}</td>
                ${testCells(values)}
                <td>
                  ${share(missing.referenceShare, 1)} →
                  ${share(missing.currentShare, 1)}${missing.outcome === 'drift' ? html` <span class="tag w">drift</span>` : null}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`
}

function testCells(test: DriftTest): Markup {
  if (test.outcome === 'none')
    return html`<td>not tested</td>
      <td colspan="3">${test.reason}</td>`
  return html`<td>${test.outcome === 'drift' ? html`<span class="tag w">drift</span>` : 'stable'}</td>
    <td>${test.test}</td>
    <td class="n">${figure(Number(test.adjustedPValue.toPrecision(3)))}</td>
    <td class="n">${figure(Number(test.distance.toPrecision(3)))} ${test.measure}</td>`
}
