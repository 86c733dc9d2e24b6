import type { KeptResult } from '../domain/history/kept-result.ts'
import type { QualityDimension } from '../domain/score/dimension.ts'

/** A CloudEvents 1.0 event: a table was checked. Counts and names only, no value of the data. */
export interface QualityAnalyzed {
  readonly specversion: '1.0'
  readonly id: string
  readonly source: '/nomaly/data-quality'
  readonly type: 'nomaly.quality.analyzed'
  /** The data set. */
  readonly subject: string
  /** RFC 3339: when the check began. */
  readonly time: string
  readonly datacontenttype: 'application/json'
  readonly data: {
    /** Under this id the result is kept. */
    readonly result: string
    readonly suite: string
    readonly source: string
    readonly engine: string
    readonly rows: number
    readonly success: boolean
    readonly evaluated: number
    readonly successful: number
    /** Unmet expectations by severity. */
    readonly unmet: Readonly<Record<'critical' | 'warning' | 'info', number>>
    /** 0 to 100; null where nothing was judged. */
    readonly score: number | null
    readonly dimensions: Readonly<Partial<Record<QualityDimension, number>>>
  }
}

/** The event that says that this result came about. @param newId - unique for every call */
export function qualityAnalyzed({ id, dataset, validation, score }: KeptResult, newId: () => string): QualityAnalyzed {
  const { suite, source, engine, rows, success, results, statistics, startedAt } = validation
  const unmet = { critical: 0, warning: 0, info: 0 }
  for (const one of results) if (!one.success) unmet[one.severity]++
  return {
    specversion: '1.0',
    id: newId(),
    source: '/nomaly/data-quality',
    type: 'nomaly.quality.analyzed',
    subject: dataset,
    time: new Date(startedAt).toISOString(),
    datacontenttype: 'application/json',
    data: {
      result: id,
      suite,
      source,
      engine,
      rows,
      success,
      evaluated: statistics.evaluated,
      successful: statistics.successful,
      unmet,
      score: score.score,
      dimensions: Object.fromEntries(score.dimensions.map((one) => [one.dimension, one.score])),
    },
  }
}
