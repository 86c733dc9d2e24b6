import type { WebhookSecrets, WebhookStore } from '../../../application/ports/webhook-store.ts'
import { notFound } from '../../../domain/refusals.ts'
import { checkSomethingToTell, checkWebhookParts, typeOf } from '../../../domain/webhooks/webhook-checks.ts'
import type { NewWebhook, Webhook, WebhookChange, WebhookStatus } from '../../../domain/webhooks/webhook.ts'
import type { SecretBox } from '../../webhooks/secret-box.ts'
import { type WebhookPolicy, checkWebhookAddress } from '../../webhooks/webhook-policy.ts'
import type { Database } from '../database.ts'
import type { SqlRow } from '../driver.ts'
import { subscribe, unsubscribe } from './sqlite-outbox.ts'

/** What the store of webhooks works with. */
export interface WebhookContext {
  readonly database: Database
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly newId: () => string
  readonly policy: WebhookPolicy
  readonly box: SecretBox
}

/** Webhooks in the file. */
export function sqliteWebhookStore(context: WebhookContext): WebhookStore & WebhookSecrets {
  const { database } = context
  return {
    create: async (webhook) => {
      check(context, webhook)
      checkSomethingToTell(webhook)
      return database.write(() => insertWebhook(context, webhook))
    },
    find: (id) => database.read(() => webhookOf(rowOf(database, id))),
    change: async (id, change) => {
      if (change.kind === 'update') check(context, change)
      return database.write(() => changeWebhook(context, id, change))
    },
    list: () =>
      database.read(() =>
        database
          .sql('SELECT * FROM webhook ORDER BY created_at, id')
          .all()
          .flatMap((row) => webhookOf(row) ?? []),
      ),
    secretOf: async (id) => {
      const sealed = (await database.read(() => rowOf(database, id)))?.['secret']
      return sealed instanceof Uint8Array ? context.box.open(sealed, id) : undefined
    },
  }
}

function check({ policy }: WebhookContext, parts: Partial<NewWebhook>): void {
  checkWebhookParts(parts)
  if (parts.url !== undefined) checkWebhookAddress(parts.url, policy)
}

function insertWebhook(context: WebhookContext, webhook: NewWebhook): Webhook {
  const [id, now] = [context.newId(), context.now()]
  const { name, url, events = [], patterns = [], description = '', status = 'ACTIVE', secret } = webhook
  context.database
    .sql(
      `INSERT INTO webhook (id, name, description, url, events, patterns, status, secret, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(id, name, description, url, JSON.stringify(events), JSON.stringify(patterns), status, null, now, now)
  setSecret(context, id, secret)
  return subscribed(context, id)
}

function changeWebhook(
  context: WebhookContext,
  id: string,
  change: WebhookChange | { readonly kind: 'delete' },
): Webhook | undefined {
  const { database } = context
  const before = webhookOf(rowOf(database, id))
  if (before === undefined) throw notFound('webhook', id)
  if (change.kind === 'delete') {
    database.sql('DELETE FROM webhook WHERE id = ?').run(id)
    unsubscribe(database, `webhook:${id}`)
    return undefined
  }
  const { name, url, events, patterns, description, status } = { ...before, ...defined(change) }
  checkSomethingToTell({ events, patterns })
  database
    .sql(
      `UPDATE webhook SET name = ?, url = ?, events = ?, patterns = ?, description = ?, status = ?, updated_at = ?
       WHERE id = ?`,
    )
    .run(name, url, JSON.stringify(events), JSON.stringify(patterns), description, status, context.now(), id)
  setSecret(context, id, change.secret)
  return subscribed(context, id)
}

/** Brings the subscription in line: a disabled webhook has none, but keeps what already waits. */
function subscribed({ database }: WebhookContext, id: string): Webhook {
  const webhook = webhookOf(rowOf(database, id))
  if (webhook === undefined) throw notFound('webhook', id)
  const name = `webhook:${id}`
  const patterns = [...webhook.events.map(typeOf), ...webhook.patterns]
  if (webhook.status === 'ACTIVE') subscribe(database, name, JSON.stringify(patterns))
  else database.sql('DELETE FROM subscription WHERE name = ?').run(name)
  return webhook
}

/** An empty secret takes it away; an absent one changes nothing. */
function setSecret({ database, box }: WebhookContext, id: string, secret: string | undefined): void {
  if (secret === undefined) return
  database.sql('UPDATE webhook SET secret = ? WHERE id = ?').run(secret === '' ? null : box.seal(secret, id), id)
}

function defined<T extends object>(parts: T): Partial<T> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Partial<T> // fewer members
}

function rowOf(database: Database, id: string): SqlRow | undefined {
  return database.sql('SELECT * FROM webhook WHERE id = ?').get(id)
}

function webhookOf(row: SqlRow | undefined): Webhook | undefined {
  if (row === undefined) return undefined
  return {
    id: String(row['id']),
    name: String(row['name']),
    description: String(row['description']),
    url: String(row['url']),
    events: JSON.parse(String(row['events'])) as Webhook['events'], // written above
    patterns: JSON.parse(String(row['patterns'])) as Webhook['patterns'], // written above
    status: String(row['status']) as WebhookStatus, // the column is checked
    hasSecret: row['secret'] !== null,
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
  }
}
