/** Measures one detector of ours at one size in this process; the twin of peers/measure.py. */
import { createHash } from 'node:crypto'

import { type FreshlyFittedDetector, type Matrix, configureDetector, rocAuc } from '@nomaly/ai-anomaly-detection'
import manifest from '@nomaly/ai-anomaly-detection/package.json' with { type: 'json' }

import type { Size } from '../size.ts'
import type { Measurement } from './measurement.ts'
import {
  forgetPeak,
  othersBusySince,
  peakMb,
  repeated,
  residentMb,
  sumOf,
  timed,
  waitUntilQuiet,
} from './process-meter.ts'
import { syntheticData } from './synthetic-data.ts'

/** What a measuring process is told. */
export interface MeasurementOrder {
  readonly detector: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly fitScoresTrainingRows: boolean
  readonly size: Size
  readonly seed: number
  /** How long to wait for a quiet machine, at most. */
  readonly quietSeconds: number
}

/** Warms up on small data, makes the data, waits for quiet, then measures. */
export async function measureOurs(order: MeasurementOrder): Promise<Measurement> {
  const { size, seed } = order
  const configured = configureDetector(order.detector, order.parameters)
  const fit = (x: Matrix): FreshlyFittedDetector => {
    const fitted = configured.fit(x, { seed })
    if (order.fitScoresTrainingRows) fitted.trainingScores()
    return fitted
  }
  const small = { rows: 1000, columns: size.columns }
  const practice = { ...syntheticData(small, seed + 1), ...small }
  for (let round = 0; round < 3; round++) fit(practice).score(practice)

  const { data, labels } = syntheticData(size, seed)
  const matrix: Matrix = { data, ...size }
  await waitUntilQuiet(order.quietSeconds)
  forgetPeak()
  const residentBeforeMb = residentMb()
  const othersBusy = othersBusySince()
  const { result: fitted, time: firstFit } = timed(() => fit(matrix))
  const { result: scores, time: firstScore } = timed(() => fitted.score(matrix))
  const residentPeakMb = peakMb()
  const fitTime = repeated(() => fit(matrix), firstFit)
  const scoreTime = repeated(() => fitted.score(matrix), firstScore)
  const othersBusyCores = othersBusy()
  return {
    dataSha256: createHash('sha256').update(new Uint8Array(data.buffer)).digest('hex'),
    fit: fitTime,
    score: scoreTime,
    firstRun: sumOf(firstFit, firstScore),
    residentBeforeMb,
    residentPeakMb,
    rocAuc: rocAuc(scores, labels),
    othersBusyCores,
    versions: { [manifest.name]: manifest.version, Node: process.versions.node },
  }
}
