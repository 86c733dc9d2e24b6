import type { Cell } from './cell.ts'

/** How two values are compared. */
export type Comparison = '<' | '<=' | '=' | '<>' | '>=' | '>'

/** A value in a condition as it is written: JSON. Times are ISO 8601 text, whole numbers past 2^53 and exact decimals text. */
export type Literal = string | number | boolean | bigint | null

/**
 * A condition on a row, as data. It is true, false or unknown, as in SQL: a comparison with null is unknown, `not` keeps unknown,
 * and a row counts only where the condition is true. NaN is a value: it is less, equal and greater than nothing but equals NaN in
 * `in`. Texts compare by code point; lengths are code points; patterns match anywhere unless anchored.
 */
export type Condition<V = Literal> =
  | { readonly op: 'true' }
  | { readonly op: 'and' | 'or'; readonly args: ReadonlyArray<Condition<V>> }
  | { readonly op: 'not' | 'isTrue'; readonly arg: Condition<V> }
  | { readonly op: 'isNull' | 'isNaN'; readonly column: string }
  | { readonly op: 'compare'; readonly column: string; readonly comparison: Comparison; readonly value: V }
  | { readonly op: 'compareColumns'; readonly column: string; readonly comparison: Comparison; readonly other: string }
  | { readonly op: 'in'; readonly column: string; readonly values: ReadonlyArray<V> }
  | { readonly op: 'length'; readonly column: string; readonly comparison: Comparison; readonly value: number }
  | { readonly op: 'matches'; readonly column: string; readonly pattern: string }
  | {
      readonly op: 'sum'
      readonly columns: ReadonlyArray<string>
      readonly comparison: Comparison
      readonly value: number
    }
  | Neighbours<V>

/** Conditions on a row that other rows decide; only rows where `scope` is true take part. */
type Neighbours<V> =
  | { readonly op: 'duplicated'; readonly columns: ReadonlyArray<string>; readonly scope: Condition<V> }
  | {
      /** Against the row before it, in the order of rows. */
      readonly op: 'outOfOrder'
      readonly column: string
      readonly descending: boolean
      readonly strictly: boolean
      readonly scope: Condition<V>
    }

/** A condition whose columns exist and whose values are cells of their kinds: what engines evaluate. */
export type Predicate = Condition<Cell>

/** True for every row. */
export const ALWAYS: { readonly op: 'true' } = { op: 'true' }

/** All of them; `true` parts fall away. */
export function allOf<V>(...args: ReadonlyArray<Condition<V>>): Condition<V> {
  const parts = args.filter(({ op }) => op !== 'true')
  return parts.length === 1 && parts[0] !== undefined
    ? parts[0]
    : parts.length === 0
      ? ALWAYS
      : { op: 'and', args: parts }
}

/** Its opposite. */
export function not<V>(arg: Condition<V>): Condition<V> {
  return { op: 'not', arg }
}
