import type {
  AttributingStreamDetector,
  ForecastingStreamDetector,
  StreamDetector,
} from '../../domain/streaming/stream-detector.ts'
import type { FeatureAttribution } from './stream-result.ts'

/** Whether a detector can say what it expects. */
export function isForecasting(detector: StreamDetector): detector is ForecastingStreamDetector {
  return 'expectOne' in detector && typeof detector.expectOne === 'function'
}

/** What each feature adds to the score of a sample; undefined where the detector cannot say. */
export function attributionOf(
  detector: StreamDetector,
  sample: Float64Array,
  features: ReadonlyArray<string>,
): ReadonlyArray<FeatureAttribution> | undefined {
  if (!isAttributing(detector)) return undefined
  const { high, low } = detector.attributeOne(sample)
  return features.map((feature, i) => ({ feature, high: high[i] ?? 0, low: low[i] ?? 0 }))
}

/** What the detector expected instead of the sample; undefined where it cannot say. */
export function expectationOf(
  detector: StreamDetector,
  sample: Float64Array,
  time: number,
): ReadonlyArray<number> | undefined {
  return isForecasting(detector) ? [...detector.expectOne(sample, time)] : undefined
}

function isAttributing(detector: StreamDetector): detector is AttributingStreamDetector {
  return 'attributeOne' in detector && typeof detector.attributeOne === 'function'
}
