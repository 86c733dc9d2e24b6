import type { StreamingOptions } from '@nomaly/ai-anomaly-detection/streaming'

/** A stream of one number with its times: detector, calibrator, alarm, and a drift detector on the score. */
export interface Pipeline {
  readonly id: string
  readonly what: string
  readonly options: StreamingOptions
  /** Of the samples asked for: what is dear gets fewer. */
  readonly share: number
}

/** From the dearest to the cheapest. */
export const pipelines: ReadonlyArray<Pipeline> = [
  { ...pipeline('default', {}, 0.03), what: 'as it comes: METRIC_ALERTS, ADWIN' },
  pipeline('rcf', { detector: 'rcf' }, 0.03),
  pipeline('half-space-trees', { detector: 'half-space-trees' }, 0.05),
  pipeline('robust-z-score', { detector: 'robust-z-score' }, 0.2),
  pipeline('z-score', { detector: 'z-score' }, 1),
]

function pipeline(id: string, options: StreamingOptions, share: number): Pipeline {
  return { id, what: `${id}, conformal, ADWIN`, options: { features: ['value'], time: 'time', ...options }, share }
}
