import type { ColumnProfile, Histogram } from '@nomaly/data-profiling'

/** The bins of a column's numbers or times; undefined where it has neither. */
export function binsOf({ numbers, dates }: ColumnProfile): Histogram | undefined {
  const bins = numbers?.histogram ?? dates?.histogram
  return bins === undefined || bins.counts.length === 0 ? undefined : bins
}

/** The share of a column's rows that have no value, 0 to 1. */
export function missingShare({ count, nulls }: ColumnProfile): number {
  return nulls / Math.max(1, count + nulls)
}
