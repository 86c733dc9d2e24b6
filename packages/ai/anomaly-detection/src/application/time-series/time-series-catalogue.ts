import { z } from 'zod'

import { AnomalyDetectionError } from '../../domain/errors.ts'
import { holtWintersDetector } from '../../domain/time-series/detectors/holt-winters-detector.ts'
import { matrixProfileDetector } from '../../domain/time-series/detectors/matrix-profile-detector.ts'
import { polyDetector } from '../../domain/time-series/detectors/poly-detector.ts'
import { seasonalBaselineDetector } from '../../domain/time-series/detectors/seasonal-baseline-detector.ts'
import { seasonalEsdDetector } from '../../domain/time-series/detectors/seasonal-esd-detector.ts'
import { spectralResidualDetector } from '../../domain/time-series/detectors/spectral-residual-detector.ts'
import { stlDetector } from '../../domain/time-series/detectors/stl-detector.ts'
import { subKmeansDetector } from '../../domain/time-series/detectors/sub-kmeans-detector.ts'
import { subKnnDetector } from '../../domain/time-series/detectors/sub-knn-detector.ts'
import { subPcaDetector } from '../../domain/time-series/detectors/sub-pca-detector.ts'
import {
  type ConfiguredTimeSeriesDetector,
  type TimeSeriesDescription,
  type TimeSeriesEntry,
  timeSeriesEntry,
} from './time-series-entry.ts'

const alpha = z.number().gt(0).lt(1).default(0.05).describe('chance that some normal point is out of the band')
const period = z.int().min(1).nullable().default(null).describe('points in a cycle; null: looks for it; 1: none')
const window = z.int().min(2).nullable().default(null).describe('points in a stretch; null: a cycle, 64 at least')
const share = z.number().min(0).max(1).nullable().default(null).describe('null: what forecasts the series best')
const TSB_AD = 'Q. Liu, J. Paparrizos (2024), The Elephant in the Room, NeurIPS Datasets and Benchmarks'

const entries: ReadonlyArray<TimeSeriesEntry> = [
  timeSeriesEntry({
    detector: seasonalBaselineDetector,
    name: 'Seasonal baseline',
    summary: 'spreads from the median of the same phase of other cycles, over a running median; with a band',
    cost: 'O(n log n)',
    finds: 'points',
    source: 'J. Hochenbaum, O. Vallis, A. Kejariwal (2017), Automatic Anomaly Detection in the Cloud',
    cycleParameter: 'period',
    parameters: z.strictObject({ period, alpha }),
  }),
  timeSeriesEntry({
    detector: stlDetector,
    name: 'STL residual',
    summary: 'spreads of what a decomposition into trend and season leaves over; for seasons that change; with a band',
    cost: 'O(16 n period / jump)',
    finds: 'points',
    source: 'R. Cleveland, W. Cleveland, J. McRae, I. Terpenning (1990), STL, Journal of Official Statistics 6(1)',
    cycleParameter: 'period',
    parameters: z.strictObject({
      period: z.int().min(2).nullable().default(null).describe('points in a cycle; null: looks for it'),
      seasonal: z
        .int()
        .min(3)
        .refine((value) => value % 2 === 1, { message: 'it must be odd' })
        .default(7)
        .describe('cycles that the season is smoothed over'),
      robust: z.boolean().default(true).describe('hold outliers off'),
      alpha,
    }),
  }),
  timeSeriesEntry({
    detector: holtWintersDetector,
    name: 'Holt-Winters',
    summary: 'spreads from a forecast out of the points before; what a stream would say; with a band',
    cost: 'O(n), O(84 n) where the constants are looked for',
    finds: 'points',
    source: 'P. Winters (1960), Forecasting Sales by Exponentially Weighted Moving Averages, Management Science 6(3)',
    cycleParameter: 'period',
    parameters: z.strictObject({
      period,
      kind: z.enum(['additive', 'multiplicative']).default('additive').describe('how the season joins the level'),
      alpha: share,
      beta: share,
      gamma: share,
    }),
  }),
  timeSeriesEntry({
    detector: seasonalEsdDetector,
    name: 'Seasonal hybrid ESD',
    summary: 'a test for outliers on the series less its season; says how many there are; no trend; with a band',
    cost: 'O(16 n period)',
    finds: 'points',
    source: 'J. Hochenbaum, O. Vallis, A. Kejariwal (2017), Automatic Anomaly Detection in the Cloud',
    cycleParameter: 'period',
    parameters: z.strictObject({
      period,
      maxOutliers: z.number().gt(0).lt(0.5).default(0.1).describe('share of the points looked at'),
      alpha,
      hybrid: z.boolean().default(true).describe('median and MAD, or mean and deviation'),
    }),
  }),
  timeSeriesEntry({
    detector: spectralResidualDetector,
    name: 'Spectral residual',
    summary: 'what sticks out of the spectrum; the fastest; spikes only',
    cost: 'O(n log n)',
    finds: 'points',
    source: 'H. Ren et al. (2019), Time-Series Anomaly Detection Service at Microsoft, KDD',
    parameters: z.strictObject({
      bins: z
        .int()
        .min(1)
        .refine((value) => value % 2 === 1, { message: 'it must be odd' })
        .default(3)
        .describe('of the spectrum, that are averaged over'),
      points: z.int().min(1).default(21).describe('that surprise is compared with'),
    }),
  }),
  timeSeriesEntry({
    detector: subKmeansDetector,
    hasUnit: true,
    name: 'Windows by k-means',
    summary: 'how far stretches of the series are from the middles of their clusters; levels and amplitudes count',
    cost: 'O(n window clusters) a round',
    finds: 'shapes',
    random: true,
    source: 'T. Yairi, Y. Kato, K. Hori (2001), Fault Detection by Mining Association Rules, i-SAIRAS (KMeansAD)',
    cycleParameter: 'window',
    parameters: z.strictObject({ window, nClusters: z.int().min(1).default(10).describe('clusters of stretches') }),
  }),
  timeSeriesEntry({
    detector: subKnnDetector,
    hasUnit: true,
    name: 'Windows by nearest neighbours',
    summary: 'how far stretches are from the k-th most similar one; several alike anomalies do not hide each other',
    cost: 'O(n^2)',
    finds: 'shapes',
    source: 'S. Ramaswamy, R. Rastogi, K. Shim (2000), Efficient algorithms for mining outliers from large data sets',
    cycleParameter: 'window',
    parameters: z.strictObject({
      window,
      nNeighbors: z.int().min(1).max(10_000).default(50).describe('the neighbour whose distance counts'),
    }),
  }),
  timeSeriesEntry({
    detector: subPcaDetector,
    name: 'Windows by principal components',
    summary: 'how unlike the others stretches are along the components of all',
    cost: 'O(n window^2)',
    finds: 'shapes',
    source: TSB_AD,
    cycleParameter: 'window',
    parameters: z.strictObject({
      window,
      nComponents: z.int().min(1).nullable().default(null).describe('those of most variance; null: all'),
    }),
  }),
  timeSeriesEntry({
    detector: polyDetector,
    hasUnit: true,
    name: 'Polynomial fit',
    summary: 'how far stretches are from a polynomial through their neighbourhood; drifts and shifts of level',
    cost: 'O(n neighbourhood)',
    finds: 'shapes',
    source: TSB_AD,
    cycleParameter: 'window',
    parameters: z.strictObject({
      window,
      degree: z.int().min(0).max(10).default(2).describe('of the polynomial'),
      neighbourhood: z.number().gt(1).max(1000).default(10).describe('windows that it is drawn through'),
    }),
  }),
  timeSeriesEntry({
    detector: matrixProfileDetector,
    name: 'Matrix profile',
    summary: 'how far stretches are from the most similar one by shape alone; takes missing points',
    cost: 'O(n^2), 20,000 points in 0.15 s',
    finds: 'shapes',
    acceptsMissing: true,
    source: 'C.-C. M. Yeh et al. (2016), Matrix Profile I, ICDM',
    cycleParameter: 'window',
    parameters: z.strictObject({
      window: z.int().min(3).nullable().default(null).describe('points in a stretch; null: a cycle, 64 at least'),
      left: z.boolean().default(false).describe('compare with earlier stretches alone'),
    }),
  }),
]

/** What each method does, costs and takes. */
export function describeTimeSeriesDetectors(): ReadonlyArray<TimeSeriesDescription> {
  return entries.map(({ description }) => description)
}

/** Whether there is a method of this id. */
export function isTimeSeriesDetector(id: string): boolean {
  return entries.some((entry) => entry.id === id)
}

/**
 * A method with its parameters chosen.
 * @param parameters - those that differ from the defaults
 * @param cycle - points in a cycle: the period, or the window, of the method where `parameters` give none
 * @throws AnomalyDetectionError `unknown-detector`, `invalid-parameters`
 */
export function configureTimeSeriesDetector(
  id: string,
  parameters: Readonly<Record<string, unknown>> = {},
  cycle?: number,
): ConfiguredTimeSeriesDetector {
  const entry = entries.find((one) => one.id === id)
  if (entry === undefined) {
    throw new AnomalyDetectionError(
      'anomaly-detection/unknown-detector',
      `there is no method '${id}' for time series; choose ${entries.map((one) => one.id).join(', ')}`,
      { detector: id },
    )
  }
  const own = cycle === undefined || entry.cycleParameter === undefined ? {} : { [entry.cycleParameter]: cycle }
  return entry.configure({ ...own, ...parameters })
}
