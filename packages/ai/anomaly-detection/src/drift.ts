export type { DriftSignal, StreamDriftDetector, StreamDriftState } from './domain/drift/stream/stream-drift-detector.ts'
export { driftDetectionQuality } from './domain/metrics/series/drift-detection-quality.ts'
export type { DriftDetectionOptions, DriftDetectionQuality } from './domain/metrics/series/drift-detection-quality.ts'
export { streamDriftDetectors } from './application/drift/stream-drift-catalogue.ts'
export type {
  StreamCatalogueEntry,
  StreamPartContext,
  StreamPartDescription,
} from './application/streaming/catalogue/stream-catalogue-entry.ts'
export type { StreamPartCatalogue } from './application/streaming/catalogue/stream-part-catalogue.ts'
