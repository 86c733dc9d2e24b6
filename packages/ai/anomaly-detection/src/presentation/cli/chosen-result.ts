import type { KeptResult } from '../../application/ports/result-store.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { ResultRoom } from './result-room.ts'

/**
 * The result that was asked for: an id, or `last` for the newest.
 * @throws AnomalyDetectionError `unknown-result` telling those there are
 */
export async function chosenResult(choice: string, { results }: Pick<ResultRoom, 'results'>): Promise<KeptResult> {
  const all = await results.list()
  const found = choice === 'last' ? all[0] : all.find(({ id }) => id === choice)
  if (found !== undefined) return results.open(found.id)
  const known = all.slice(0, 3).map(({ id }) => id)
  const more = all.length > known.length ? ` and ${all.length - known.length} more (nomaly results)` : ''
  const there = known.length === 0 ? 'none (detect --keep keeps one)' : `${known.join(', ')}${more}`
  const message = `there is no result '${choice.slice(0, 64)}'; there are: ${there}`
  throw new AnomalyDetectionError('anomaly-detection/unknown-result', message, { result: choice.slice(0, 64) })
}
