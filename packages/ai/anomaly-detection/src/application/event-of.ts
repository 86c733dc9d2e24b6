import type { AnomalyDetectionEvent } from '../domain/events.ts'
import type { Clock } from './ports/clock.ts'
import type { IdSource } from './ports/id-source.ts'

const SOURCE = '/nomaly/ai-anomaly-detection'

/** A CloudEvent of the given type about `subject`, with an id and a time of its own. */
export function eventOf<Type extends AnomalyDetectionEvent['type']>(
  type: Type,
  subject: string,
  data: Extract<AnomalyDetectionEvent, { type: Type }>['data'],
  { clock, ids }: { readonly clock: Clock; readonly ids: IdSource },
): Extract<AnomalyDetectionEvent, { type: Type }> {
  const event = {
    specversion: '1.0',
    id: ids.next(),
    source: SOURCE,
    type,
    time: new Date(clock.now()).toISOString(),
    subject,
    datacontenttype: 'application/json',
    data,
  } as const
  return event as unknown as Extract<AnomalyDetectionEvent, { type: Type }> // `type` and `data` are tied by the signature
}
