import type { ScoreCalibrator } from '../../../domain/streaming/score-calibrator.ts'
import { anomalyLikelihoodEntry } from './anomaly-likelihood.ts'
import { conformalEntry } from './conformal.ts'
import { gaussianTailEntry } from './gaussian-tail.ts'
import { quantileEntry } from './quantile-calibrator.ts'
import { driftSpotEntry, spotEntry } from './spot.ts'
import type { StreamCatalogueEntry } from './stream-catalogue-entry.ts'
import { type StreamPartCatalogue, streamPartCatalogue } from './stream-part-catalogue.ts'

// One line a calibrator, the first choice first.
const entries: ReadonlyArray<StreamCatalogueEntry<ScoreCalibrator>> = [
  anomalyLikelihoodEntry,
  conformalEntry,
  spotEntry,
  driftSpotEntry,
  quantileEntry,
  gaussianTailEntry,
]

/** Everything that turns scores into probabilities, by id. */
export const scoreCalibrators: StreamPartCatalogue<ScoreCalibrator> = streamPartCatalogue('score calibrator', entries)
