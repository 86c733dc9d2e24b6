export type { DriftSignal, StreamDriftDetector, StreamDriftState } from './domain/drift/stream/stream-drift-detector.ts'
