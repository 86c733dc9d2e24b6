import type { FailLimit } from './flag-values.ts'

/** Whether at least as many rows are anomalies as the limit says. */
export function isOverLimit(anomalies: number, rows: number, limit: FailLimit): boolean {
  return limit.kind === 'rows' ? anomalies >= limit.rows : anomalies >= limit.share * rows
}

/** A share as a percentage with two digits that count, such as `0.79%`. */
export function shareText(part: number, whole: number): string {
  return `${Number(((100 * part) / whole).toPrecision(2))}%`
}
