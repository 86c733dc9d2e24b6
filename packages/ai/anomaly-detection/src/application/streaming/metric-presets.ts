import { surpriseDefaults } from '../../domain/streaming/detectors/surprise.ts'

/** Parts of a stream that go together, as its options take them. */
export interface StreamPreset {
  readonly detector: { readonly id: string; readonly parameters: Readonly<Record<string, unknown>> }
  readonly calibrator: string
  /** Of the calibrated score, or of the raw one where the calibrator is `none`; undefined: chosen from the calibrator. */
  readonly threshold?: number
}

/**
 * For alerts on one metric over time: high once, where something begins. The configuration of the NAB figures in
 * docs/benchmarks.md; give it the times of the samples.
 */
export const METRIC_ALERTS: StreamPreset = {
  detector: { id: 'surprise', parameters: {} },
  calibrator: 'none',
  threshold: surpriseDefaults.alarmLevel,
}

/** For rankings and pictures of one metric: high as long as something lasts. The configuration of the VUS-PR figures. */
export const METRIC_LEVEL: StreamPreset = {
  detector: { id: 'surprise', parameters: { score: 'level' } },
  calibrator: 'quantile',
}
