import {
  METRIC_ALERTS,
  METRIC_LEVEL,
  scoreCalibrators,
  type StreamDetector,
  streamDetectors,
} from '@nomaly/ai-anomaly-detection/streaming'
import { configureTimeSeriesDetector } from '@nomaly/ai-anomaly-detection/time-series'

import type { NabFile } from './nab-corpus.ts'

/** One configuration, the same for all files. */
export interface NabContest {
  readonly name: string
  /** Whether it sees the past alone. Batch methods see the whole file: the NAB score is not for them. */
  readonly causal: boolean
  readonly seeds: ReadonlyArray<number>
  /** Whether it is asked how far its NAB score hangs on the files. */
  readonly withSpread?: true
  /** Scores of a file, shape (n). */
  readonly scores: (file: NabFile, seed: number) => Float64Array
}

/** What is compared, the presets first. `seeds` is how many seeds the presets are run with. */
export function nabContests(seeds: number): ReadonlyArray<NabContest> {
  const range = Array.from({ length: seeds }, (_, seed) => seed + 1)
  return [
    { ...preset('preset METRIC_ALERTS (surprise)', METRIC_ALERTS.detector.parameters, range), withSpread: true },
    preset('preset METRIC_LEVEL (surprise, level)', METRIC_LEVEL.detector.parameters, range),
    calibrated('rcf + anomaly likelihood', 'rcf', {}),
    calibrated('rcf, shingle 8, + anomaly likelihood', 'rcf', { shingleSize: 8 }),
    calibrated('rrcf + anomaly likelihood', 'rrcf', {}),
    calibrated('half-space trees + anomaly likelihood', 'half-space-trees', {}),
    calibrated('robust z-score + anomaly likelihood', 'robust-z-score', {}),
    smoothed('rcf, shingle 8, mean of 100', 'rcf', { shingleSize: 8 }, 100),
    ...['sub-kmeans', 'poly', 'sub-knn', 'sub-pca', 'matrix-profile', 'spectral-residual'].map(batch),
  ]
}

function preset(name: string, parameters: Readonly<Record<string, unknown>>, seeds: ReadonlyArray<number>): NabContest {
  const scores = (file: NabFile, seed: number): Float64Array =>
    streamed(streamDetectors.create('surprise', parameters, { columns: 1, seed }), file)
  return { name, causal: true, seeds, scores }
}

function calibrated(name: string, id: string, parameters: Readonly<Record<string, unknown>>): NabContest {
  const scores = (file: NabFile, seed: number): Float64Array => {
    const calibrator = scoreCalibrators.create('anomaly-likelihood', {}, { columns: 1, seed })
    const raw = streamed(streamDetectors.create(id, parameters, { columns: 1, seed }), file)
    return raw.map((score) => calibrator.calibrateThenLearn(score))
  }
  return { name, causal: true, seeds: [1], scores }
}

function smoothed(name: string, id: string, parameters: Readonly<Record<string, unknown>>, window: number): NabContest {
  const scores = (file: NabFile, seed: number): Float64Array => {
    const raw = streamed(streamDetectors.create(id, parameters, { columns: 1, seed }), file)
    let sum = 0
    return raw.map((score, row) => {
      sum += score - (raw[row - window] ?? 0)
      return sum / Math.min(row + 1, window)
    })
  }
  return { name, causal: true, seeds: [1], scores }
}

function batch(id: string): NabContest {
  const scores = (file: NabFile, seed: number): Float64Array =>
    configureTimeSeriesDetector(id, {}).detect(file.values, { seed }).scores
  return { name: `${id} (batch)`, causal: false, seeds: [1], scores }
}

function streamed(detector: StreamDetector, { values, times }: NabFile): Float64Array {
  const sample = new Float64Array(1)
  return values.map((value, row) => {
    sample[0] = value
    return detector.scoreThenLearn(sample, times[row])
  })
}
