import type { KeptResult } from '../../application/ports/result-store.ts'
import type { Table } from '../../application/ports/table-reader.ts'
import type { RowExplanation } from '../../domain/explanation/explanation.ts'
import { type Feedback, feedbackCountsOf } from '../../domain/results/feedback.ts'
import { detectionCommandOf } from './detection-command-of.ts'
import { gatherSeries } from './gather-series.ts'
import { gatherTable } from './gather-table.ts'
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

/**
 * Gathers what a report tells of a kept result. Memory does not grow with the rows; what cannot be had is told among the lacks.
 * @throws AnomalyDetectionError `unknown-result`, `corrupt-result`, `storage-failed`; what `signal` was aborted with
 */
export async function gatherReport(sources: ReportSources): Promise<DetectionReportInput> {
  const { result, feedback, version } = sources
  const { info } = result
  const { dataset, series, threshold } = info
  const gathered = await (series === undefined ? gatherTable(sources) : gatherSeries(sources, series))
  return {
    id: info.id,
    data: { name: dataset.name, rows: info.rows, sha256: dataset.sha256 ?? undefined },
    createdAt: info.createdAt,
    durationMs: info.durationMs,
    version: info.version ?? version,
    algorithm: info.algorithm,
    parameters: info.parameters,
    options: { ...info.options },
    model: info.model,
    columns: info.columns,
    series,
    entities: series?.entities
      .map(({ key, rows, anomalies, highest }) => ({ key: key ?? '', rows, anomalies, highest: highest ?? Number.NaN }))
      .sort((a, b) => orLeast(b.highest) - orLeast(a.highest)),
    threshold: threshold ?? undefined,
    rows: info.rows,
    anomalyCount: info.anomalyCount,
    ...gathered,
    anomalies: gathered.anomalies.map((one) => ({ ...one, ...verdictOf(feedback.get(one.row)) })),
    feedback: feedbackCountsOf(feedback.values()),
    command: detectionCommandOf(info),
  }
}

function orLeast(score: number): number {
  return Number.isNaN(score) ? -Infinity : score
}

function verdictOf(feedback: Feedback | undefined): Pick<Feedback, 'verdict' | 'note'> | undefined {
  return feedback && { verdict: feedback.verdict, note: feedback.note }
}
