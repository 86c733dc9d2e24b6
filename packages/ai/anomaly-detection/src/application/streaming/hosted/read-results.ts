import { AnomalyDetectionError } from '../../../domain/errors.ts'
import type { StreamResultLog } from '../../ports/stream-archive.ts'
import type { ResultsPage, ResultsQuery } from './stream-host.ts'

const PART = 1000 // results looked at together
const MOST_LOOKED_AT = 20_000 // of which few may be anomalies: a page answers soon even then

// As `streamRecordOf` is written. Inside a text of the record its quotes would be escaped.
const ANOMALY = '"anomaly":true'

/** Reads a page. @throws AnomalyDetectionError `results-lost`, `storage-failed` */
export async function readResults(
  log: StreamResultLog,
  { after, limit, isAnomaly = false }: ResultsQuery,
): Promise<ResultsPage> {
  const { first, last } = log.range()
  if (after + 1 < first || after > last) throw lost(after, first, last)
  const items: { id: number; json: string }[] = []
  let next = after
  const end = Math.min(last, after + (isAnomaly ? MOST_LOOKED_AT : limit))
  while (items.length < limit && next < end) {
    const part = await log.read(next + 1, Math.min(PART, end - next))
    if (part.length === 0) break // older than what is kept by now: the next call says so
    for (const json of part) {
      next++
      if (!isAnomaly || json.includes(ANOMALY)) items.push({ id: next, json })
      if (items.length === limit) break
    }
  }
  return { items, next, ...log.range() }
}

function lost(after: number, first: number, last: number): AnomalyDetectionError {
  const message =
    after > last
      ? `the stream has no result ${after}: its last is ${last}; was it made anew?`
      : `the results ${after + 1} to ${first - 1} are not kept any more; the first that is kept is ${first}`
  return new AnomalyDetectionError('anomaly-detection/results-lost', message, { after, first, last })
}
