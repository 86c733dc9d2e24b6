import type { ColumnKind, TableColumn } from '../../domain/cell.ts'

/** How one engine writes what the questions of a profile need. Every member gives SQL text and must not be given values. */
export interface SqlDialect {
  readonly name: string
  /** Names the hash of `hash`, with whatever changes it. */
  readonly hashName: string
  /** Columns that one scan may look at: row stores like many, column stores hold buffers for each. */
  readonly columnsAScan: number
  readonly quote: (identifier: string) => string
  readonly literal: (text: string) => string
  /** The kind of a column by the engine's own word for its type. */
  readonly kindOf: (physicalType: string) => ColumnKind
  readonly asText: (expression: string) => string
  readonly asDouble: (expression: string) => string
  readonly asInteger: (expression: string) => string
  /** Whole microseconds since 1970 in UTC; null for infinite times. */
  readonly epochMicros: (expression: string, column: TableColumn) => string
  /** Length in code points. */
  readonly codePoints: (expression: string) => string
  /** An expression that orders texts by code point. */
  readonly byCodePoint: (expression: string) => string
  /** True for numbers that are neither NaN nor infinite. */
  readonly isFinite: (double: string) => string
  readonly isNan: (double: string) => string
  /** A 64-bit hash; equal values of one kind have equal hashes, whatever their physical type. */
  readonly hash: (expression: string, column: TableColumn) => string
  /** The low 12 bits of a hash as a whole number, and the other 52. */
  readonly lowBits: (hash: string) => string
  readonly highBits: (hash: string) => string
  /** Sum of whole numbers or decimals that cannot overflow; the column's own sum when that is wide enough. */
  readonly exactSum: (expression: string, column: TableColumn) => string
  /** About the given share of rows, the same ones for the same seed; `total` is how many there are. */
  readonly sampled: (source: string, share: number, seed: number, select: string) => string
  /** The number of different rows over these expressions. */
  readonly distinctRows: (expressions: ReadonlyArray<string>, source: string) => string
}
