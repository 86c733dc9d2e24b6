import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { Feedback } from '../../domain/results/feedback.ts'
import type { FeedbackStore } from '../ports/feedback-store.ts'
import type { ResultStore } from '../ports/result-store.ts'

/** What people say of the rows of a data set, on any of its kept results: by row, of several the last. */
export async function feedbackOnDataset(
  {
    results,
    feedback,
  }: { readonly results: Pick<ResultStore, 'list'>; readonly feedback: Pick<FeedbackStore, 'list'> },
  dataset: string,
): Promise<ReadonlyMap<number, Feedback>> {
  const last = new Map<number, Feedback>()
  for (const { id, dataset: about } of await results.list()) {
    if (about.id !== dataset) continue
    for (const [row, said] of await feedback.list(id).catch(noneWhereGone)) {
      if (said.at >= (last.get(row)?.at ?? -Infinity)) last.set(row, said)
    }
  }
  return last
}

// Removed since it was listed.
function noneWhereGone(error: unknown): ReadonlyMap<number, Feedback> {
  if (AnomalyDetectionError.is(error) && error.code === 'anomaly-detection/unknown-result') return new Map()
  throw error
}
