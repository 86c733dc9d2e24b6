import { METRIC_ALERTS, type StreamPreset } from '@nomaly/ai-anomaly-detection/streaming'

/** A detector, its calibrator and a drift detector on the score, one after the other. */
export interface Pipeline {
  readonly id: string
  readonly what: string
  readonly parts: StreamPreset
}

/** From the dearest to the cheapest. */
export const pipelines: ReadonlyArray<Pipeline> = [
  { id: 'alerts', what: 'METRIC_ALERTS, ADWIN', parts: METRIC_ALERTS },
  pipeline('rcf', 'rcf', 'anomaly-likelihood'),
  pipeline('half-space-trees', 'half-space-trees', 'conformal'),
  pipeline('robust-z-score', 'robust-z-score', 'conformal'),
]

function pipeline(id: string, detector: string, calibrator: string): Pipeline {
  const parts = { detector: { id: detector, parameters: {} }, calibrator }
  return { id, what: `${detector}, ${calibrator}, ADWIN`, parts }
}
