import type { StreamDriftDetector, StreamDriftState } from '../../domain/drift/stream/stream-drift-detector.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import { AlarmPolicy, type AlarmPolicyState } from '../../domain/streaming/alarms/alarm-policy.ts'
import { streamDriftDetectors } from '../drift/stream-drift-catalogue.ts'
import { scoreCalibrators } from './catalogue/calibrator-catalogue.ts'
import { streamDetectors } from './catalogue/stream-catalogue.ts'
import { type ChosenParts, choosePartsOf } from './chosen-parts.ts'
import type { DriftWatchParts } from './drift-watch.ts'
import { ScoringModel, type ScoringModelState } from './scoring-model.ts'
import type { ResolvedDriftOptions, ResolvedStreamingOptions } from './streaming-options.ts'

/** What all models of a stream are made from. */
export interface StreamBlueprint extends ChosenParts {
  readonly options: ResolvedStreamingOptions
  readonly features: ReadonlyArray<string>
  readonly attribution: 'never' | 'anomalies' | 'always'
  readonly newModel: (seed: number, generation: number) => ScoringModel
  /** @throws AnomalyDetectionError `invalid-stream-state` */
  readonly restoreModel: (state: ScoringModelState) => ScoringModel
  readonly newAlarm: () => AlarmPolicy
  /** @throws AnomalyDetectionError `invalid-stream-state` */
  readonly restoreAlarm: (state: AlarmPolicyState) => AlarmPolicy
  readonly drift: StreamDriftParts | undefined
}

/** How the streams of a blueprint are watched for change. */
export interface StreamDriftParts extends DriftWatchParts {
  readonly options: ResolvedDriftOptions
  /** For each name the feature it is, or -1 for the score. */
  readonly columns: ReadonlyArray<number>
  /** @throws AnomalyDetectionError `invalid-stream-state` */
  readonly restoreDetector: (state: StreamDriftState) => StreamDriftDetector
}

const WARM_UP = 100
const WATCH_ERRORS: ReadonlySet<string> = new Set(['ddm', 'eddm'])

/**
 * @param features - of the options, or of the first sample
 * @throws AnomalyDetectionError `unknown-detector`, `invalid-parameters`, `invalid-options`
 */
export function streamBlueprint(options: ResolvedStreamingOptions, features: ReadonlyArray<string>): StreamBlueprint {
  const columns = features.length
  const parts = choosePartsOf(options, columns)
  const { detector, calibrator, threshold } = parts
  const newModel = (seed: number, generation: number): ScoringModel => {
    const made = streamDetectors.create(detector.id, detector.parameters, { columns, seed })
    const context = { columns: 1, seed }
    const calibration = calibrator && scoreCalibrators.create(calibrator.id, calibrator.parameters, context)
    return new ScoringModel(made, calibration, generation)
  }
  const newAlarm = (): AlarmPolicy => new AlarmPolicy({ ...options.alarms, threshold })
  newAlarm() // as below
  if (!newModel(options.seed, 1).detector.acceptsMissing && options.missing === 'impute')
    throw cannotImpute(detector.id)
  return {
    ...parts,
    options,
    features,
    attribution: options.attribution ?? (columns > 1 ? 'anomalies' : 'never'),
    newModel,
    restoreModel: ({ generation, detector: state, calibrator: calibration }) => {
      const made = streamDetectors.restore(state)
      if (made.columns !== columns || made.id !== detector.id || calibration?.id !== calibrator?.id) throw otherModel()
      const restored = calibration === null ? undefined : scoreCalibrators.restore(calibration)
      return new ScoringModel(made, restored, generation)
    },
    newAlarm,
    restoreAlarm: (state) => AlarmPolicy.fromJSON(state),
    drift: options.drift === false ? undefined : driftParts(options.drift, options.seed, features),
  }
}

function driftParts(options: ResolvedDriftOptions, seed: number, features: ReadonlyArray<string>): StreamDriftParts {
  const { detector, watch } = options
  const watchesErrors = WATCH_ERRORS.has(detector.id)
  if (watchesErrors && watch !== 'score') {
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-options',
      `${detector.id} watches errors, here whether a sample is an anomaly; features are no errors: watch the score`,
      { option: 'drift.watch', value: watch },
    )
  }
  const ofFeatures = watch === 'score' ? [] : features
  const ofScore = watch === 'features' ? [] : ['score']
  const newDetector = (): StreamDriftDetector =>
    streamDriftDetectors.create(detector.id, detector.parameters, { columns: 1, seed })
  newDetector() // refuses wrong parameters before the first sample
  return {
    options,
    names: [...ofFeatures, ...ofScore],
    columns: [...ofFeatures.keys(), ...ofScore.map(() => -1)],
    warmUp: WARM_UP,
    watchesErrors,
    newDetector,
    restoreDetector: (state) => streamDriftDetectors.restore(state),
  }
}

function cannotImpute(detector: string): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/invalid-options',
    `${detector} accepts no missing numbers; choose missing: skip or carry, or a detector that does, such as rcf`,
    { option: 'missing', value: 'impute' },
  )
}

function otherModel(): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/invalid-stream-state',
    'the state is of a model with another detector, calibrator or number of features',
  )
}
