import type { CsvDialect } from './csv-dialect.ts'

/** A place between two rows of a CSV file, and what is known of the rows behind it. */
export interface CsvPlace {
  readonly path: string
  readonly dialect: CsvDialect
  /** Bytes before it. */
  readonly offset: number
  /** The 1-based line that begins there. */
  readonly line: number
  /** How many fields every row has. */
  readonly width: number
}
