import type { ColumnProfile } from '@nomaly/data-profiling'
import type { JSX } from 'preact'

import { BinBars } from '../../charts/bin-bars.tsx'
import { countText, numberText, percentText, timeText } from '../../numbers.ts'
import { Facts } from '../../parts/facts.tsx'
import { binsOf, missingShare } from './profile.ts'

/** All that is said of a column. */
export function ColumnDetails({ column }: { readonly column: ColumnProfile | undefined }): JSX.Element | null {
  if (column === undefined) return null
  const { name, type, physicalType, count, nulls, distinct, numbers, dates, texts, semantic } = column
  const bins = binsOf(column)
  const edge = dates === undefined ? numberText : timeText
  return (
    <>
      <h3>{name}</h3>
      <Facts
        of={[
          ['Type', `${type}, kept as ${physicalType}`],
          ['Looks like', semantic.map(({ kind, share }) => `${kind} (${percentText(share)})`).join(', ')],
          ['Values', countText(count)],
          ['Missing', `${countText(nulls)}, ${percentText(missingShare(column))}`],
          ['Different', countText(Math.round(distinct.value))],
          ['Mean', number(numbers?.mean)],
          ['Standard deviation', number(numbers?.sd)],
          ['Skewness', number(numbers?.skewness)],
          ['Zeros', numbers !== undefined && countText(numbers.zeros)],
          ['Below zero', numbers !== undefined && countText(numbers.negatives)],
          ['Least', number(numbers?.min) ?? time(dates?.min)],
          ['Greatest', number(numbers?.max) ?? time(dates?.max)],
          ['Quantiles', numbers?.quantiles.map(({ p, value }) => `${percentText(p)}: ${numberText(value)}`).join(', ')],
          ['Length', texts !== undefined && `${texts.minLength} to ${texts.maxLength} characters`],
          ['Empty texts', texts !== undefined && countText(texts.empty)],
        ]}
      />
      {bins !== undefined && (
        <figure>
          <div class="chart">
            <BinBars label={`Distribution of ${name}`} counts={bins.counts} />
          </div>
          <figcaption class="ends">
            <span>{edge(bins.edges[0] ?? 0)}</span>
            <span>{edge(bins.edges.at(-1) ?? 0)}</span>
          </figcaption>
        </figure>
      )}
      <FrequentValues column={column} />
    </>
  )
}

function FrequentValues({ column: { top, count } }: { readonly column: ColumnProfile }): JSX.Element | null {
  const most = top[0]?.count ?? 0
  if (most < 2) return null // all differ
  return (
    <>
      <h4>Frequent values</h4>
      <ul class="bars">
        {top.map(({ value, count: times }) => (
          <li key={String(value)}>
            <span>{value === '' ? '(empty)' : String(value)}</span>
            <span class="bar" style={{ width: `${(times / most) * 100}%` }} />
            <span>
              {countText(times)}, {percentText(times / Math.max(1, count))}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

const number = (value: number | null | undefined): string | undefined =>
  typeof value === 'number' ? numberText(value) : undefined

const time = (value: number | null | undefined): string | undefined =>
  typeof value === 'number' ? timeText(value) : undefined
