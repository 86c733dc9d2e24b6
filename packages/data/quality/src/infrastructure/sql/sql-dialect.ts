import type { ColumnKind, TableColumn } from '../../domain/cell.ts'
import type { Pattern } from '../../domain/pattern/pattern.ts'

/** How one engine writes what checks need. Every member gives SQL text. */
export interface SqlDialect {
  readonly name: string
  readonly quote: (identifier: string) => string
  /** @throws QualityError `quality/invalid-arguments` for a text that the engine cannot hold */
  readonly literal: (text: string) => string
  /** A double, infinities included. */
  readonly double: (value: number) => string
  /** Whole numbers past 64 bits, and decimals; exact. */
  readonly exact: (digits: string) => string
  /** A point in time, comparable with a column. `iso` is `2024-01-31 00:00:00.000000`. */
  readonly time: (iso: string, column: TableColumn) => string
  /** The kind of a column by the engine's own word for its type. */
  readonly kindOf: (physicalType: string) => ColumnKind
  readonly asText: (expression: string) => string
  readonly asDouble: (expression: string) => string
  /** Whole microseconds since 1970 in UTC. */
  readonly epochMicros: (expression: string, column: TableColumn) => string
  readonly codePoints: (expression: string) => string
  /** An expression that orders texts by code point. */
  readonly byCodePoint: (expression: string) => string
  readonly isFinite: (double: string) => string
  readonly isNan: (double: string) => string
  /** A number of a type wide enough for sums of its kind. */
  readonly wide: (expression: string, column: TableColumn) => string
  /** Whether sums of whole numbers and decimals are wide enough by themselves. */
  readonly sumsExactly?: boolean
  /** Whether a text matches. */
  readonly matches: (expression: string, pattern: Pattern) => string
  /** The discrete quantile of an expression inside an aggregation, where there is one that is exact. */
  readonly discreteQuantile?: (expression: string, fraction: string) => string
  /** Numbers rows in their order, where the engine keeps one. */
  readonly rowNumber?: string
}
