import type { Feedback, Verdict } from '../../domain/results/feedback.ts'
import type { ResultInfo } from '../../domain/results/result-info.ts'

/** Which rows of a result are wanted; all of those that are given must hold. */
export interface RowFilter {
  /** Only anomalies, or only what is none. */
  readonly anomalies?: boolean | undefined
  readonly minScore?: number | undefined
  readonly maxScore?: number | undefined
  /** What was said of the row; `none` where nothing was. */
  readonly verdict?: Verdict | 'none' | undefined
  /** Rows of the series with this key. */
  readonly key?: string | undefined
}

/** A row of a result with what is needed to choose it. */
export interface ScoredRow {
  readonly row: number
  /** NaN for a row without a score. */
  readonly score: number
  /** Of a series; beyond the last of them for a row that is in none. */
  readonly entity: number
}

/** Tells whether rows are anomalies. */
export function anomalyTest({ threshold, series }: ResultInfo): (row: Pick<ScoredRow, 'score' | 'entity'>) => boolean {
  if (threshold !== null) return ({ score }) => score > threshold
  const thresholds = series?.entities.map((entity) => entity.threshold ?? Infinity) ?? []
  return ({ score, entity }) => score > (thresholds[entity] ?? Infinity)
}

/** Tells whether rows are wanted. */
export function rowFilter(
  info: ResultInfo,
  { anomalies, minScore, maxScore, verdict, key }: RowFilter,
  feedback: ReadonlyMap<number, Feedback>,
): (row: ScoredRow) => boolean {
  const isAnomaly = anomalyTest(info)
  const entity = key === undefined ? undefined : entityOf(info, key)
  return (one) => {
    if (anomalies !== undefined && isAnomaly(one) !== anomalies) return false
    if (minScore !== undefined && !(one.score >= minScore)) return false
    if (maxScore !== undefined && !(one.score <= maxScore)) return false
    if (entity !== undefined && one.entity !== entity) return false
    return verdict === undefined || (feedback.get(one.row)?.verdict ?? 'none') === verdict
  }
}

/** Whether the entity of a row has a say in whether it is wanted. */
export function needsEntity({ threshold, series }: ResultInfo, { anomalies, key }: RowFilter): boolean {
  return series !== undefined && (key !== undefined || (anomalies !== undefined && threshold === null))
}

// No row has the index of an entity that is not there.
function entityOf({ series }: ResultInfo, key: string): number {
  return series?.entities.findIndex((entity) => entity.key === key) ?? -1
}
