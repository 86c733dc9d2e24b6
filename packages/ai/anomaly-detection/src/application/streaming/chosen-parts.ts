import { AnomalyDetectionError } from '../../domain/errors.ts'
import { METRIC_ALERTS } from './metric-presets.ts'
import type { ResolvedPart } from './part-choice.ts'
import type { ResolvedStreamingOptions } from './streaming-options.ts'

/** With what samples are scored, and from where on they are anomalies. */
export interface ChosenParts {
  readonly detector: ResolvedPart
  readonly calibrator: ResolvedPart | undefined
  /** Of the calibrated score, or of the raw one where there is no calibrator. */
  readonly threshold: number
}

const FALSE_ALARMS = 0.005
const FEWEST_FOR_CONFORMAL = 0.005 // a rank among some thousand scores says nothing of rarer ones
const NONE = 'none'

/**
 * What the options leave open, chosen by the number of features and by how anomalies are cut: see `StreamingOptions`.
 * @throws AnomalyDetectionError `invalid-options`
 */
export function choosePartsOf(options: ResolvedStreamingOptions, columns: number): ChosenParts {
  const { threshold, falseAlarms, contamination, calibrator: asked } = options
  const isCut = threshold !== undefined || falseAlarms !== undefined || contamination !== undefined
  const isPreset = options.detector === undefined && columns === 1
  if (isPreset && !isCut && (asked === undefined || asked.id === NONE)) {
    return { detector: METRIC_ALERTS.detector, calibrator: undefined, threshold: METRIC_ALERTS.threshold ?? 1 }
  }
  // where something goes on the score stays high, so that its distribution can be learned
  const detector = options.detector ?? {
    id: columns === 1 ? 'surprise' : 'rcf',
    parameters: columns === 1 ? LEVEL : {},
  }
  if (asked?.id === NONE) {
    if (threshold !== undefined) return { detector, calibrator: undefined, threshold }
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-options',
      'without a calibrator the scores need a threshold of their own: give threshold, or choose a calibrator',
      { option: 'calibrator', value: NONE },
    )
  }
  const share = contamination ?? falseAlarms ?? FALSE_ALARMS
  const calibrator = asked ?? defaultCalibrator(share, contamination !== undefined)
  const cut = threshold ?? 1 - share
  if (cut > 0 && cut <= 1) return { detector, calibrator, threshold: cut }
  throw new AnomalyDetectionError(
    'anomaly-detection/invalid-options',
    `threshold is ${cut}; of a calibrated score it lies above 0 and at most at 1 (calibrator none cuts raw scores)`,
    { option: 'threshold', value: cut },
  )
}

const LEVEL = { score: 'level' }

function defaultCalibrator(share: number, isContamination: boolean): ResolvedPart {
  if (isContamination) return { id: 'quantile', parameters: {} }
  if (share >= FEWEST_FOR_CONFORMAL) return { id: 'conformal', parameters: {} }
  return { id: 'spot', parameters: { risk: share } }
}
