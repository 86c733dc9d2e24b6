import type { AnomalyDetectionEvent } from '@nomaly/ai-anomaly-detection'
import { datasetFromRows, DetectAnomalies, randomIds, systemClock } from '@nomaly/ai-anomaly-detection'
import { eventPublisherContract } from '@nomaly/ai-anomaly-detection/testing'
import { EventDispatcher } from '@nomaly/ai-mlops'
import { openMlopsStore } from '@nomaly/ai-mlops/node'
import { memoryEngine, RecordedCheck, recordsTable } from '@nomaly/data-quality'
import { openQualityStore } from '@nomaly/data-quality/node'
import { type CloudEvent, openSqliteStore, OutboxEventBus, type SqliteStore } from '@nomaly/integration-sqlite'
import { afterEach, describe, expect, it } from 'vitest'

const opened: SqliteStore[] = []
const faults: unknown[] = []

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
  expect(faults.splice(0)).toEqual([])
})

function busOf(): { readonly store: SqliteStore; readonly bus: OutboxEventBus } {
  const store = openSqliteStore({ path: ':memory:' })
  opened.push(store)
  const bus = new OutboxEventBus({
    ...store,
    now: Date.now,
    random: Math.random,
    onError: (error) => void faults.push(error),
  })
  return { store, bus }
}

describe('the bus of @nomaly/integration-sqlite as EventPublisher of @nomaly/ai-anomaly-detection', () => {
  eventPublisherContract(it, async () => {
    const { bus } = busOf()
    const got: AnomalyDetectionEvent[] = []
    await bus.subscribe({
      name: 'test',
      patterns: ['nomaly.detection.*', 'nomaly.anomaly.*'],
      handle: async ({ event }) => void got.push(event as AnomalyDetectionEvent), // nothing else is published here
    })
    const arrived = async (): Promise<ReadonlyArray<AnomalyDetectionEvent>> => {
      while ((await bus.drain()) > 0) continue
      return got
    }
    return { publisher: bus, arrived }
  })
})

describe('the bus carries the events of the other packages', () => {
  it('detections and quality', async () => {
    const { store, bus } = busOf()
    const events = bus
    const detection = new DetectAnomalies({ events, clock: systemClock, ids: randomIds })
    await detection.execute(datasetFromRows(Array.from({ length: 30 }, (_, i) => [i === 7 ? 9 : Math.sin(i)])), {
      detector: 'knn',
      contamination: 0.05,
    })
    const { results, close } = openQualityStore({ path: ':memory:' })
    await new RecordedCheck({ results, events, newId: () => crypto.randomUUID() }).run(
      { name: 'orders', expectations: [] },
      memoryEngine(recordsTable([{ id: 1 }])),
    )
    close()

    const types = (await store.events.read()).map(({ event }) => event.type)
    expect(types).toContain('nomaly.detection.completed')
    expect(types).toContain('nomaly.anomaly.detected')
    expect(types.at(-1)).toBe('nomaly.quality.analyzed')
  })

  it('what the MLOps outbox delivers, once, also when it is delivered twice', async () => {
    const { store, bus } = busOf()
    const mlops = openMlopsStore({ path: ':memory:' })
    let deliveries = 0
    const forward = {
      name: 'bus',
      patterns: ['nomaly.*.*'],
      handle: async ({ event }: { readonly event: CloudEvent }) => {
        await bus.publish(event)
        deliveries += 1
        if (deliveries === 1) throw new Error('ended before the delivery was settled')
      },
    }
    const schedule = { attempts: 3, firstMs: 1, factor: 1, maxMs: 1 }
    const onError = (error: unknown): void => void faults.push(error)
    const dispatcher = new EventDispatcher({
      ...mlops,
      handlers: [forward],
      now: Date.now,
      random: () => 0,
      schedule,
      pollMs: 10,
      onError,
    })
    await dispatcher.start()
    await mlops.registeredModels.create({ name: 'fraud' })
    await expect.poll(() => deliveries).toBe(2)
    await dispatcher.stop()
    await mlops.close()

    const kept = await store.events.read()
    expect(kept.map(({ event }) => [event.type, event.subject])).toEqual([['nomaly.registered-model.created', 'fraud']])
  })
})
