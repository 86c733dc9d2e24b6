import type { StreamDetectorState } from './stream-detector.ts'

/**
 * Turns the raw scores of a stream detector into numbers that mean the same whatever the detector: in [0, 1], higher is
 * more anomalous. It learns how scores are distributed, one at a time, in bounded memory.
 */
export interface ScoreCalibrator {
  readonly id: string
  /** False while it has seen too few scores to judge by: answers are 0 until then. */
  readonly isReady: boolean
  /** @returns in [0, 1]; the calibrator is as before. @throws AnomalyDetectionError `anomaly-detection/non-finite` */
  readonly calibrateOne: (score: number) => number
  readonly learnOne: (score: number) => void
  /** `calibrateOne` and then `learnOne`, as one. */
  readonly calibrateThenLearn: (score: number) => number
  /** Its whole state as plain JSON data, to go on from. */
  readonly toJSON: () => StreamDetectorState
}
