import { AnomalyDetectionError } from '../../errors.ts'
import type { DriftColumn } from './drift-column.ts'

const FEW_VALUES = 10 // numbers with no more different values, in both samples together, are categories

/** One column of two samples, without its missing values, as the tests read it. */
export interface ColumnPair {
  readonly name: string
  /** `category` also for numbers with at most 10 different values. */
  readonly kind: 'number' | 'category'
  readonly reference: ColumnSide
  readonly current: ColumnSide
}

/** What one of the samples has of it. */
export interface ColumnSide {
  readonly rows: number
  /** Values that are there. */
  readonly size: number
  /** Ascending; empty for categories. */
  readonly sorted: Float64Array
  /** How often each category came; empty for numbers. */
  readonly counts: ReadonlyMap<string, number>
}

/** A column that is numbers in one sample and text in the other is text. @throws AnomalyDetectionError `non-finite` */
export function columnPairOf(reference: DriftColumn, current: DriftColumn): ColumnPair {
  const { name } = reference
  if (reference.kind === 'number' && current.kind === 'number') {
    const [a, b] = [presentNumbers(reference), presentNumbers(current)]
    if (!hasFewValues(a, b)) {
      const none = new Map<string, number>()
      return {
        name,
        kind: 'number',
        reference: { rows: reference.values.length, size: a.length, sorted: a, counts: none },
        current: { rows: current.values.length, size: b.length, sorted: b, counts: none },
      }
    }
  }
  return { name, kind: 'category', reference: categoriesOf(reference), current: categoriesOf(current) }
}

function presentNumbers({ name, values }: { readonly name: string; readonly values: Float64Array }): Float64Array {
  const row = values.findIndex((value) => value === Infinity || value === -Infinity)
  if (row === -1) return values.filter((value) => !Number.isNaN(value)).sort()
  throw new AnomalyDetectionError(
    'anomaly-detection/non-finite',
    `row ${row}, column ${name} is ${values[row]}; a finite number, or NaN for none, is needed`,
    { row, column: name },
  )
}

function hasFewValues(a: Float64Array, b: Float64Array): boolean {
  const values = new Set<number>()
  for (const sorted of [a, b]) {
    for (let at = 0; at < sorted.length; at++) {
      if (at > 0 && sorted[at] === sorted[at - 1]) continue
      values.add(sorted[at] as number)
      if (values.size > FEW_VALUES) return false
    }
  }
  return true
}

function categoriesOf({ values }: DriftColumn): ColumnSide {
  const counts = new Map<string, number>()
  let size = 0
  for (const value of values) {
    if (value === null || Number.isNaN(value)) continue
    const category = String(value)
    counts.set(category, (counts.get(category) ?? 0) + 1)
    size++
  }
  return { rows: values.length, size, sorted: new Float64Array(0), counts }
}

/** How often each category of either sample came in both, in the order of the names. */
export function commonCounts({ reference, current }: ColumnPair): {
  readonly names: ReadonlyArray<string>
  readonly inReference: ReadonlyArray<number>
  readonly inCurrent: ReadonlyArray<number>
} {
  const names = [...new Set([...reference.counts.keys(), ...current.counts.keys()])].sort((a, b) =>
    a < b ? -1 : a > b ? 1 : 0,
  )
  return {
    names,
    inReference: names.map((name) => reference.counts.get(name) ?? 0),
    inCurrent: names.map((name) => current.counts.get(name) ?? 0),
  }
}
