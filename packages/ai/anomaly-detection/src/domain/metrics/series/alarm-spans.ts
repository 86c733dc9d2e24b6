import { type LabelSpan, spansOf } from './label-span.ts'

/** The runs of rows with a score of at least the threshold; none where it is null. @param scores - shape (n) */
export function alarmSpans(scores: Float64Array, threshold: number | null): ReadonlyArray<LabelSpan> {
  if (threshold === null) return []
  return spansOf(Uint8Array.from(scores, (score) => (score >= threshold ? 1 : 0)))
}
