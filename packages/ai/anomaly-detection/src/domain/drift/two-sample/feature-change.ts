import { type ColumnPair, type ColumnSide, commonCounts } from './column-pair.ts'
import { momentsOf } from './welch.ts'

const CATEGORIES_SHOWN = 5

/** Where the numbers of one sample lie, in their own unit; null without any. */
export interface NumberSummary {
  readonly mean: number
  readonly sd: number
  readonly median: number
}

/** From what to what a column has changed. */
export type FeatureChange =
  | { readonly kind: 'number'; readonly from: NumberSummary | null; readonly to: NumberSummary | null }
  | {
      readonly kind: 'category'
      /** At most five categories, the share that changed most first. */
      readonly shares: ReadonlyArray<{ readonly category: string; readonly from: number; readonly to: number }>
    }

/** Sums both samples of a column up. */
export function featureChange(pair: ColumnPair): FeatureChange {
  if (pair.kind === 'number') {
    return { kind: 'number', from: summaryOf(pair.reference), to: summaryOf(pair.current) }
  }
  const { names, inReference, inCurrent } = commonCounts(pair)
  const shares = names.map((category, index) => ({
    category,
    from: (inReference[index] ?? 0) / Math.max(1, pair.reference.size),
    to: (inCurrent[index] ?? 0) / Math.max(1, pair.current.size),
  }))
  const byChange = shares.toSorted((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from))
  return { kind: 'category', shares: byChange.slice(0, CATEGORIES_SHOWN) }
}

function summaryOf({ sorted }: ColumnSide): NumberSummary | null {
  if (sorted.length === 0) return null
  const { mean, variance } = momentsOf(sorted)
  const half = sorted.length / 2
  const median = ((sorted[Math.ceil(half) - 1] as number) + (sorted[Math.floor(half)] as number)) / 2
  return { mean, sd: Math.sqrt(variance), median }
}
