import type { EventPublisher } from '../application/ports/event-publisher.ts'
import type { AnomalyDetectionEvent } from '../domain/events.ts'
import { type Case, expectEqual } from './case.ts'

/** A publisher and a look at what has arrived behind it. */
export interface EventPublisherHarness {
  readonly publisher: EventPublisher
  readonly arrived: () => Promise<ReadonlyArray<AnomalyDetectionEvent>>
}

/** What every `EventPublisher` must keep. @param make - a publisher behind which nothing has arrived yet */
export function eventPublisherContract(it: Case, make: () => Promise<EventPublisherHarness>): void {
  it('hands events over whole and in order', async () => {
    const { publisher, arrived } = await make()
    const events = ['a', 'b', 'c'].map(eventOf)
    for (const event of events) await publisher.publish(event)
    expectEqual(await arrived(), events)
  })

  it('is harmless when the same event comes twice', async () => {
    const { publisher, arrived } = await make()
    for (const id of ['a', 'a', 'b']) await publisher.publish(eventOf(id))
    const ids = (await arrived()).map(({ id }) => id)
    expectEqual([...new Set(ids)], ['a', 'b'])
  })
}

function eventOf(id: string): AnomalyDetectionEvent {
  return {
    specversion: '1.0',
    id,
    source: '/nomaly/test',
    type: 'nomaly.detection.requested',
    time: '2026-01-01T00:00:00.000Z',
    datacontenttype: 'application/json',
    data: { detectionId: 'd', algorithm: 'iforest', rows: 1, features: ['x'] },
  }
}
