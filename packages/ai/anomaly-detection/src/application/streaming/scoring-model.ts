import type { ScoreCalibrator } from '../../domain/streaming/score-calibrator.ts'
import type { StreamDetector, StreamDetectorState } from '../../domain/streaming/stream-detector.ts'

/** A detector with the calibrator of its scores. What it says of the last sample stands in `score` and `probability`. */
export class ScoringModel {
  readonly detector: StreamDetector
  readonly calibrator: ScoreCalibrator | undefined
  /** 1 for the first model of an entity, one more for each that was made after it. */
  readonly generation: number
  score: number = 0
  probability: number = 0

  constructor(detector: StreamDetector, calibrator: ScoreCalibrator | undefined, generation: number) {
    this.detector = detector
    this.calibrator = calibrator
    this.generation = generation
  }

  /** Whether what it says means something. */
  get isReady(): boolean {
    return this.detector.isReady && (this.calibrator === undefined || this.calibrator.isReady)
  }

  /** Scores without learning. @param time - epoch milliseconds, or NaN @throws AnomalyDetectionError for a sample that the detector refuses */
  judge(sample: ArrayLike<number>, time: number): void {
    this.score = this.detector.scoreOne(sample, time)
    this.probability =
      this.calibrator === undefined || !this.detector.isReady ? 0 : this.calibrator.calibrateOne(this.score)
  }

  /** Learns from the sample that was judged last, or only from its score. */
  learn(sample: ArrayLike<number>, time: number, alsoDetector: boolean): void {
    if (this.detector.isReady) this.calibrator?.learnOne(this.score)
    if (alsoDetector) this.detector.learnOne(sample, time)
  }

  /** `judge` and then `learn`, as one. */
  judgeThenLearn(sample: ArrayLike<number>, time: number): void {
    const { detector, calibrator } = this
    if (!detector.isReady) {
      this.score = detector.scoreThenLearn(sample, time)
      this.probability = 0
      return
    }
    this.score = detector.scoreThenLearn(sample, time)
    this.probability = calibrator === undefined ? 0 : calibrator.calibrateThenLearn(this.score)
  }

  toJSON(): ScoringModelState {
    return {
      generation: this.generation,
      detector: this.detector.toJSON(),
      calibrator: this.calibrator?.toJSON() ?? null,
    }
  }
}

/** A model as JSON data. */
export interface ScoringModelState {
  readonly generation: number
  readonly detector: StreamDetectorState
  readonly calibrator: StreamDetectorState | null
}
