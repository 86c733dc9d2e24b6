import type { BatchLayout } from './batch-layout.ts'
import type { TableBatch } from './table.ts'

/** Consecutive rows as a reader found them: cells are text, or JSON values; `undefined` where a record lacks the key. */
export interface RowBlock {
  readonly rows: ReadonlyArray<ReadonlyArray<unknown>>
  /** For each row the line, or the record number, where it begins; 1-based. */
  readonly numbers: ReadonlyArray<number>
}

/** The rows of one file, with the names of their cells in order. */
export interface RowSource {
  readonly names: ReadonlyArray<string>
  /** What `RowBlock.numbers` counts. */
  readonly numbering: 'line' | 'record'
  readonly blocks: AsyncIterable<RowBlock>
  /**
   * Another, faster way to the rows behind those of the blocks that were taken; undefined where there is none. No block may
   * be taken after it.
   */
  readonly rest?: ((layout: BatchLayout) => AsyncIterable<TableBatch> | undefined) | undefined
}
