import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { Matrix } from '../../domain/matrix.ts'
import { configureDetector, detectorIds } from '../catalogue/catalogue.ts'
import { scoreCalibrators } from '../streaming/catalogue/calibrator-catalogue.ts'
import { streamDetectors } from '../streaming/catalogue/stream-catalogue.ts'
import { METRIC_ALERTS, METRIC_LEVEL, type StreamPreset } from '../streaming/metric-presets.ts'
import { configureTimeSeriesDetector, isTimeSeriesDetector } from '../time-series/time-series-catalogue.ts'

/** Scores a series, one score a row, higher is more anomalous. */
export interface SeriesScorer {
  /** As it was asked for. */
  readonly id: string
  /** Whether a score depends on its own row and earlier ones alone. */
  readonly causal: boolean
  /**
   * @param x - shape (n, d), oldest first; NaN where a value is missing
   * @param times - shape (n), epoch milliseconds, where they are known
   * @returns shape (n), finite
   */
  readonly score: (x: Matrix, times: Float64Array | undefined) => Float64Array
}

/** Parameters by detector or calibrator that differ from the defaults. */
export type ParametersById = Readonly<Record<string, Readonly<Record<string, unknown>>>>

const PRESETS: ReadonlyMap<string, StreamPreset> = new Map([
  ['metric-alerts', METRIC_ALERTS],
  ['metric-level', METRIC_LEVEL],
])

/**
 * What an id stands for: a preset (`metric-alerts`, `metric-level`); a detector of streams, with a calibrator after a plus sign (`rcf+anomaly-likelihood`); a method for time
 * series, of one column; or a detector of rows, which sees them all at once.
 * @throws AnomalyDetectionError `unknown-detector`, `invalid-parameters`
 */
export function seriesScorerOf(id: string, parameters: ParametersById, seed: number): SeriesScorer {
  const preset = PRESETS.get(id)
  if (preset !== undefined) {
    const { detector: part, calibrator: after } = preset
    const own = { ...parameters, [part.id]: { ...part.parameters, ...parameters[part.id] } }
    return streamScorer(id, part.id, after === 'none' ? undefined : after, own, seed)
  }
  const [detector = '', calibrator] = id.split('+')
  if (streamDetectors.ids.includes(detector)) return streamScorer(id, detector, calibrator, parameters, seed)
  if (calibrator !== undefined) throw noStream(id, detector)
  if (isTimeSeriesDetector(detector)) return timeSeriesScorer(detector, parameters, seed)
  if (!detectorIds.some((known) => known === detector)) throw noStream(id, detector)
  const configured = configureDetector(detector, parameters[detector])
  return { id, causal: false, score: (x) => configured.fit(refuseMissing(x, id), { seed }).trainingScores() }
}

function streamScorer(
  id: string,
  detector: string,
  calibrator: string | undefined,
  parameters: ParametersById,
  seed: number,
): SeriesScorer {
  streamDetectors.entry(detector).parse(parameters[detector])
  if (calibrator !== undefined) scoreCalibrators.entry(calibrator).parse(parameters[calibrator])
  return {
    id,
    causal: true,
    score: ({ data, rows, columns }, times) => {
      const model = streamDetectors.create(detector, parameters[detector], { columns, seed })
      const after = calibrator && scoreCalibrators.create(calibrator, parameters[calibrator], { columns: 1, seed })
      const scores = new Float64Array(rows)
      for (let row = 0; row < rows; row++) {
        const sample = data.subarray(row * columns, (row + 1) * columns)
        if (!model.acceptsMissing && sample.some((value) => Number.isNaN(value))) continue // not learned from, scores 0
        const score = model.scoreThenLearn(sample, times?.[row])
        if (!model.isReady) continue
        scores[row] = after ? after.calibrateThenLearn(score) : score
      }
      return scores
    },
  }
}

function timeSeriesScorer(id: string, parameters: ParametersById, seed: number): SeriesScorer {
  const configured = configureTimeSeriesDetector(id, parameters[id])
  return {
    id,
    causal: false,
    score: (x) => {
      if (x.columns !== 1) {
        throw new AnomalyDetectionError(
          'anomaly-detection/shape-mismatch',
          `${id} scores one column, not ${x.columns}; choose it with --columns`,
          { columns: x.columns },
        )
      }
      const { data } = configured.acceptsMissing ? x : refuseMissing(x, id)
      return configured.detect(data, { seed }).scores
    },
  }
}

function refuseMissing(x: Matrix, id: string): Matrix {
  const at = x.data.findIndex((value) => Number.isNaN(value))
  if (at === -1) return x
  const row = Math.floor(at / x.columns)
  throw new AnomalyDetectionError(
    'anomaly-detection/missing-value',
    `row ${row + 1} lacks a value, which ${id} needs`,
    { row },
  )
}

function noStream(id: string, detector: string): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/unknown-detector',
    `there is no detector '${detector}'${id === detector ? '' : ' of streams, which a calibrator could follow'}; of streams there are: ` +
      `${[...PRESETS.keys(), ...streamDetectors.ids].join(', ')}, and after a plus sign ${scoreCalibrators.ids.join(', ')}; of rows: ${detectorIds.join(', ')}`,
    { detector: id },
  )
}
