import type { KeptResult } from '../../application/ports/result-store.ts'
import type { Table } from '../../application/ports/table-reader.ts'
import type { RowExplanation } from '../../domain/explanation/explanation.ts'
import type { Feedback } from '../../domain/results/feedback.ts'
import type { DetectionReportInput } from './report-input.ts'

/** Where a report is gathered from. */
export interface ReportSources {
  readonly result: KeptResult
  readonly feedback: ReadonlyMap<number, Feedback>
  /** Opens the data set that the result is about; rejects where it is not kept any more. */
  readonly openDataset: (columns: ReadonlyArray<string> | undefined) => Promise<Table>
  /** Says why rows (0-based, of the data set) score as they do. */
  readonly explain: (rows: ReadonlyArray<number>) => Promise<ReadonlyArray<RowExplanation>>
  /** Of the program. */
  readonly version: string
  readonly signal?: AbortSignal | undefined
}

/** What is gathered of the rows. */
export type GatheredRows = Pick<
  DetectionReportInput,
  'plots' | 'closeUps' | 'histogram' | 'valueColumns' | 'anomalies' | 'explanations' | 'lacks'
>

/** Rows that are read at once. */
export const ROWS_AT_ONCE: number = 65_536

/** How many anomalies a report lists. */
export const MOST_ANOMALIES = 50
