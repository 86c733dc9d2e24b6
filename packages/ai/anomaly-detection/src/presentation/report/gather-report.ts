import { type Feedback, feedbackCountsOf } from '../../domain/results/feedback.ts'
import { detectionCommandOf } from './detection-command-of.ts'
import { gatherSeries } from './gather-series.ts'
import { gatherTable } from './gather-table.ts'
import type { DetectionReportInput } from './report-input.ts'
import type { ReportSources } from './report-sources.ts'

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
