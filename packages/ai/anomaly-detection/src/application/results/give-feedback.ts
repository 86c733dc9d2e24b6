import { AnomalyDetectionError } from '../../domain/errors.ts'
import { type AlarmPrecision, alarmPrecision } from '../../domain/results/alarm-precision.ts'
import type { Feedback } from '../../domain/results/feedback.ts'
import { eventOf } from '../event-of.ts'
import type { FeedbackStore } from '../ports/feedback-store.ts'
import type { KeptResult, ResultStore } from '../ports/result-store.ts'
import type { PublishingDeps } from '../publish-detection.ts'
import { anomalyTest } from './row-filter.ts'

/** What giving feedback needs. */
export interface GiveFeedbackDeps extends PublishingDeps {
  readonly results: ResultStore
  readonly feedback: FeedbackStore
}

/** Keeps what somebody says of a row, and publishes `nomaly.feedback.given`. */
export class GiveFeedback {
  readonly #deps: GiveFeedbackDeps

  constructor(deps: GiveFeedbackDeps) {
    this.#deps = deps
  }

  /** @throws AnomalyDetectionError `unknown-result`, `unknown-row`, `storage-failed` */
  async execute(result: string, given: Omit<Feedback, 'at'>): Promise<Feedback> {
    const { results, feedback, events, clock } = this.#deps
    const { info } = await results.open(result)
    checkRow(given.row, info.rows)
    const kept: Feedback = { ...given, at: clock.now() }
    await feedback.put(result, kept)
    const { row, verdict } = kept
    const data = { resultId: result, datasetId: info.dataset.id, row, verdict }
    await events.publish(eventOf('nomaly.feedback.given', result, data, this.#deps))
    return kept
  }
}

/** What the feedback on a result says of its anomalies. */
export async function evaluateFeedback(
  kept: KeptResult,
  feedback: ReadonlyMap<number, Feedback>,
): Promise<AlarmPrecision> {
  const rows = [...feedback.keys()]
  const scores = await kept.pick('score', rows)
  const entities = kept.info.series === undefined ? undefined : await kept.pick('entity', rows)
  const isAnomaly = anomalyTest(kept.info)
  let [right, wrong, missed] = [0, 0, 0]
  rows.forEach((row, at) => {
    const isTrue = feedback.get(row)?.verdict === 'true_alarm'
    const isTold = isAnomaly({ score: scores[at] ?? Number.NaN, entity: entities?.[at] ?? Number.NaN })
    if (isTold && isTrue) right++
    else if (isTold) wrong++
    else if (isTrue) missed++
  })
  return alarmPrecision(right, wrong, missed)
}

/** @throws AnomalyDetectionError `unknown-row` */
export function checkRow(row: number, rows: number): void {
  if (row < rows) return
  const message = `there is no row ${row}; rows are numbered from 0 to ${rows - 1}`
  throw new AnomalyDetectionError('anomaly-detection/unknown-row', message, { issues: [{ path: 'row', message }] })
}
