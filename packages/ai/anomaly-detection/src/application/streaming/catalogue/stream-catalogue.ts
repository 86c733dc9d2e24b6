import type { StreamDetector } from '../../../domain/streaming/stream-detector.ts'
import { combinedEntry } from './combined.ts'
import { ewmaEntry } from './ewma.ts'
import { halfSpaceTreesEntry } from './half-space-trees.ts'
import { leftMatrixProfileEntry } from './left-matrix-profile.ts'
import { onlineLodaEntry } from './loda.ts'
import { onlineIforestEntry } from './online-iforest.ts'
import { p2QuantileEntry } from './p2-quantile.ts'
import { rcfEntry } from './rcf.ts'
import { robustZScoreEntry } from './robust-z-score.ts'
import { rrcfEntry } from './rrcf.ts'
import { rsHashEntry } from './rs-hash.ts'
import type { StreamCatalogueEntry } from './stream-catalogue-entry.ts'
import { type StreamPartCatalogue, streamPartCatalogue } from './stream-part-catalogue.ts'
import { surpriseEntry } from './surprise.ts'
import { windowKnnEntry } from './window-knn.ts'
import { windowLofEntry } from './window-lof.ts'
import { windowedEntry } from './windowed.ts'
import { xStreamEntry } from './xstream.ts'
import { zScoreEntry } from './z-score.ts'

// One line a detector, the first choice first.
const singles: ReadonlyArray<StreamCatalogueEntry<StreamDetector>> = [
  rcfEntry,
  surpriseEntry,
  rrcfEntry,
  halfSpaceTreesEntry,
  onlineIforestEntry,
  windowKnnEntry,
  windowLofEntry,
  leftMatrixProfileEntry,
  onlineLodaEntry,
  xStreamEntry,
  rsHashEntry,
  robustZScoreEntry,
  ewmaEntry,
  zScoreEntry,
  p2QuantileEntry,
  windowedEntry,
]

const combined = combinedEntry(streamPartCatalogue('stream detector', singles))

/** Every detector of streams, by id. */
export const streamDetectors: StreamPartCatalogue<StreamDetector> = streamPartCatalogue('stream detector', [
  ...singles,
  combined,
])
