export type { ScoreCalibrator } from './domain/streaming/score-calibrator.ts'
export type {
  AttributingStreamDetector,
  StreamAttribution,
  StreamDetector,
  StreamDetectorState,
} from './domain/streaming/stream-detector.ts'
