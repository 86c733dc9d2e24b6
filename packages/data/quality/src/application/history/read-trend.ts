import { type QualityTrend, trendOf } from '../../domain/history/trend.ts'
import type { ResultsStore } from '../ports/results-store.ts'

/** The trend of a data set over its last runs. @param limit - runs, 1 to 1,000; default 30 */
export async function readTrend(store: ResultsStore, dataset: string, limit = 30): Promise<QualityTrend> {
  const query = { dataset, limit }
  const [runs, points] = await Promise.all([store.list(query), store.points(query)])
  return trendOf(dataset, runs, points)
}
