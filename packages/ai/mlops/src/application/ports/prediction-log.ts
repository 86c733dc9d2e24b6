import type { Prediction } from '../../domain/deployment/prediction.ts'
import type { Page } from '../../domain/page.ts'

/** Which predictions are asked for; what is absent is not asked about. */
export interface PredictionQuery {
  readonly endpoint?: string
  readonly model?: string
  readonly version?: string
  readonly role?: 'served' | 'shadow'
  /** Epoch milliseconds, inclusive. */
  readonly from?: number
  /** Epoch milliseconds, exclusive. */
  readonly to?: number
  /** 1 to 50,000; 1,000 when absent. */
  readonly limit?: number
  readonly pageToken?: string
}

/** Keeps predictions for those who watch models. */
export interface PredictionLog {
  /** All of them or none. */
  readonly append: (predictions: ReadonlyArray<Prediction>) => Promise<void>
  /** In the order of their coming. @throws `invalid-argument` */
  readonly read: (query: PredictionQuery) => Promise<Page<Prediction>>
  /** Forgets what came before, in epoch milliseconds. Answers how many. */
  readonly prune: (before: number) => Promise<number>
}
