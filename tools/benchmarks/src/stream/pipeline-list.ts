import { METRIC_ALERTS, type StreamPreset } from '@nomaly/ai-anomaly-detection/streaming'

/** A detector, its calibrator and a drift detector on the score, one after the other. */
export interface Pipeline {
  readonly id: string
  readonly what: string
  readonly parts: StreamPreset
  /** Of the samples asked for: what is dear gets fewer. */
  readonly share: number
}

/** From the dearest to the cheapest. */
export const pipelines: ReadonlyArray<Pipeline> = [
  { id: 'alerts', what: 'METRIC_ALERTS, ADWIN', parts: METRIC_ALERTS, share: 0.03 },
  pipeline('rcf', 'rcf', 'anomaly-likelihood', 0.03),
  pipeline('half-space-trees', 'half-space-trees', 'conformal', 0.05),
  pipeline('robust-z-score', 'robust-z-score', 'gaussian-tail', 0.2),
  pipeline('z-score', 'z-score', 'gaussian-tail', 1),
]

function pipeline(id: string, detector: string, calibrator: string, share: number): Pipeline {
  const parts = { detector: { id: detector, parameters: {} }, calibrator }
  return { id, what: `${detector}, ${calibrator}, ADWIN`, parts, share }
}
