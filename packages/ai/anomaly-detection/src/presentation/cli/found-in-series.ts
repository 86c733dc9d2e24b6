import type { TimeSeriesDetection } from '../../application/time-series/detect-time-series.ts'
import type { EvenlySpaced } from '../../application/time-series/evenly-spaced.ts'
import type { ReadSeries } from '../../application/time-series/read-time-series.ts'

/** What was found in the series of one key. */
export interface FoundInSeries {
  readonly series: ReadSeries
  readonly spaced: EvenlySpaced
  readonly detection: TimeSeriesDetection
}
