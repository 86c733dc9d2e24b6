import type { DetectAnomalies } from '../../application/detect-anomalies.ts'
import type { ExplainResults } from '../../application/explain-results.ts'
import type { FeedbackStore } from '../../application/ports/feedback-store.ts'
import type { ModelRepository } from '../../application/ports/model-repository.ts'
import type { ResultStore } from '../../application/ports/result-store.ts'
import type { Table } from '../../application/ports/table-reader.ts'
import type { DownloadRequest } from '../../application/results/download-result.ts'
import type { GiveFeedback } from '../../application/results/give-feedback.ts'
import type { ScoreWithModel } from '../../application/score-with-model.ts'
import type { TrainModel } from '../../application/train-model.ts'

/** The most bytes of a body, where nothing else is said. */
export const MOST_BODY_BYTES: number = 32 * 2 ** 20

/** What the routes of detection need. */
export interface DetectionRoutesDeps {
  readonly detection: Pick<DetectAnomalies, 'execute'>
  readonly scoring: Pick<ScoreWithModel, 'execute'>
  readonly training: Pick<TrainModel, 'execute'>
  readonly explaining: Pick<ExplainResults, 'execute'>
  readonly models: ModelRepository
  /** Opens a kept data set by its id, for requests that name one instead of sending rows; without it they are refused. */
  readonly openDataset?: ((id: string, signal: AbortSignal) => Promise<Table>) | undefined
  /** Kept results; without it there are no routes for them. */
  readonly results?: ResultRoutesDeps | undefined
  /** The most bytes of a body, default 33,554,432. */
  readonly mostBodyBytes?: number | undefined
}

/** What the routes of kept results need. */
export interface ResultRoutesDeps {
  readonly store: ResultStore
  readonly feedback: FeedbackStore
  readonly giving: Pick<GiveFeedback, 'execute'>
  /** For rows of kept results; tells nobody of the detection that it makes once more. */
  readonly explaining: Pick<ExplainResults, 'execute'>
  /** The bytes of a file with rows of a result, streamed; without it there are no downloads. */
  readonly download?:
    | ((request: DownloadRequest, signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>)
    | undefined
  /** Of the program, for reports. */
  readonly version: string
}
