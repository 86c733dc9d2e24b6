import { AnomalyDetectionError } from '../../errors.ts'

/** Consecutive rows of a series, both ends inside, counted from 0. */
export interface LabelSpan {
  readonly first: number
  readonly last: number
}

/** The runs of labels that are not 0, oldest first. @param labels - shape (n) */
export function spansOf(labels: ArrayLike<number>): ReadonlyArray<LabelSpan> {
  const spans: LabelSpan[] = []
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] === 0) continue
    const first = row
    while (row + 1 < labels.length && labels[row + 1] !== 0) row++
    spans.push({ first, last: row })
  }
  return spans
}

/** 1 in the rows of the spans, 0 elsewhere; shape (rows). @throws as `checkedSpans`, but spans may overlap */
export function labelsOf(spans: ReadonlyArray<LabelSpan>, rows: number): Uint8Array {
  const labels = new Uint8Array(rows)
  for (const span of spans) {
    refuseOutside(span, rows)
    labels.fill(1, span.first, span.last + 1)
  }
  return labels
}

/**
 * The spans, oldest first.
 * @throws AnomalyDetectionError `invalid-label` where one lies outside the series or shares a row with another
 */
export function checkedSpans(spans: ReadonlyArray<LabelSpan>, rows: number): ReadonlyArray<LabelSpan> {
  const sorted = spans.toSorted((a, b) => a.first - b.first)
  for (const [index, span] of sorted.entries()) {
    refuseOutside(span, rows)
    const before = sorted[index - 1]
    if (before !== undefined && before.last >= span.first) {
      throw new AnomalyDetectionError(
        'anomaly-detection/invalid-label',
        `rows ${before.first} to ${before.last} and ${span.first} to ${span.last} overlap; make them one window`,
        { before, span },
      )
    }
  }
  return sorted
}

function refuseOutside({ first, last }: LabelSpan, rows: number): void {
  if (Number.isInteger(first) && Number.isInteger(last) && 0 <= first && first <= last && last < rows) return
  throw new AnomalyDetectionError(
    'anomaly-detection/invalid-label',
    `a window of rows ${first} to ${last} is none of a series of ${rows} rows; both ends are rows from 0 to ${rows - 1}`,
    { first, last, rows },
  )
}
