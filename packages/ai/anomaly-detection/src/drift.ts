export type { DriftSignal, StreamDriftDetector, StreamDriftState } from './domain/drift/stream/stream-drift-detector.ts'
export { driftDetectionQuality } from './domain/metrics/series/drift-detection-quality.ts'
export type { DriftDetectionOptions, DriftDetectionQuality } from './domain/metrics/series/drift-detection-quality.ts'
