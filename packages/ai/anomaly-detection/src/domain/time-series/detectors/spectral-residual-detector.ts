import { checkSeries } from '../check-series.ts'
import { spectralResidual, type SpectralResidualParameters } from '../spectral-residual.ts'
import type { TimeSeriesDetector } from '../time-series-detector.ts'

const ROUNDING = 1e-9

/**
 * See `spectralResidual`; negative scores, where the series surprises less than usual, count as 0. For single points that
 * stick out. O(n log n).
 */
export const spectralResidualDetector: TimeSeriesDetector<SpectralResidualParameters> = {
  id: 'spectral-residual',
  detect: (values, parameters) => {
    checkSeries(values, 4, 'spectral residual')
    return { scores: spectralResidual(values, parameters).scores.map((score) => (score > ROUNDING ? score : 0)) }
  },
}
