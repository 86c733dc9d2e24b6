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
}
