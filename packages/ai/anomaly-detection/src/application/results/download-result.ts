import type { FeedbackStore } from '../ports/feedback-store.ts'
import type { ResultStore } from '../ports/result-store.ts'
import type { Table } from '../ports/table-reader.ts'
import { csvOf, jsonLinesOf } from './download-text.ts'
import { type Download, resultDownload } from './result-download.ts'
import type { RowFilter } from './row-filter.ts'

/** In which form rows of a result are downloaded. */
export type DownloadFormat = 'csv' | 'jsonl' | 'parquet'

/** Rows of a result that are to be downloaded. */
export interface DownloadRequest {
  readonly id: string
  readonly format: DownloadFormat
  readonly filter: RowFilter
}

/** What downloading needs. */
export interface DownloadDeps {
  readonly results: Pick<ResultStore, 'open'>
  readonly feedback: Pick<FeedbackStore, 'list'>
  /** Opens a kept data set; undefined where it is not kept any more. */
  readonly openDataset: (id: string, signal: AbortSignal | undefined) => Promise<Table | undefined>
  /** Writes a table as a Parquet file, with memory that does not grow with its rows. */
  readonly writeParquet: (download: Download) => AsyncIterable<Uint8Array>
}

/**
 * The bytes of a file with rows of a kept result.
 * @throws AnomalyDetectionError `unknown-result`; what the data set is refused with
 */
export async function downloadResult(
  { id, format, filter }: DownloadRequest,
  { results, feedback, openDataset, writeParquet }: DownloadDeps,
  signal?: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const kept = await results.open(id)
  const { dataset } = kept.info
  const verdicts = await feedback.list(id)
  const table = dataset.id === null ? undefined : await openDataset(dataset.id, signal)
  const download = resultDownload({ kept, filter, feedback: verdicts, table, signal })
  const writers = { csv: csvOf, jsonl: jsonLinesOf, parquet: writeParquet }
  return writers[format](download)
}
