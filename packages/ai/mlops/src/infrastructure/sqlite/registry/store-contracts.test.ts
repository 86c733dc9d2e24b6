import { afterEach, describe, it } from 'vitest'

import { eventOf } from '../../../domain/events/mlops-event.ts'
import { endpointStoreContract } from '../../../testing/endpoint-store-contract.ts'
import { type EventOutboxHarness, eventOutboxContract } from '../../../testing/event-outbox-contract.ts'
import { predictionLogContract } from '../../../testing/prediction-log-contract.ts'
import { approvalStoreContract, promotionStoreContract } from '../../../testing/promotion-store-contract.ts'
import { webhookStoreContract } from '../../../testing/webhook-store-contract.ts'
import { type MlopsStore, openMlopsStore } from '../../open-mlops-store.ts'
import { Database } from '../database.ts'
import { appendEvent } from '../outbox/append-event.ts'
import { sqliteOutbox } from '../outbox/sqlite-outbox.ts'

const opened: Array<{ readonly close: () => Promise<void> }> = []

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
})

async function open(): Promise<MlopsStore> {
  const store = openMlopsStore({ path: ':memory:' })
  opened.push(store)
  return store
}

async function outboxHarness(): Promise<EventOutboxHarness> {
  const database = new Database({ path: ':memory:' })
  opened.push(database)
  const clock = { at: 1_000_000, ids: 0 }
  const deps = { now: () => clock.at, newId: () => `id-${(clock.ids += 1)}` }
  const outbox = sqliteOutbox(database, deps)
  return {
    outbox,
    subscriptions: outbox,
    happen: (type) => database.write(() => appendEvent(database, eventOf({ type, data: {} }, deps))),
    pass: (ms) => {
      clock.at += ms
    },
    now: deps.now,
  }
}

describe('promotions on SQLite', () => promotionStoreContract(it, open))
describe('approvals on SQLite', () => approvalStoreContract(it, open))
describe('webhooks on SQLite', () => webhookStoreContract(it, async () => (await open()).webhooks))
describe('endpoints on SQLite', () => endpointStoreContract(it, async () => (await open()).endpoints))
describe('predictions on SQLite', () => predictionLogContract(it, async () => (await open()).predictions))
describe('the outbox on SQLite', () => eventOutboxContract(it, outboxHarness))
