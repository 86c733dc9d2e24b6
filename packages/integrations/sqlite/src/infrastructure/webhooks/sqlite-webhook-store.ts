import type { WebhookStore } from '../../application/ports/webhook-store.ts'
import { sequenceToken, wholeNumber } from '../../domain/checks.ts'
import type { Page } from '../../domain/page.ts'
import type { Webhook, WebhookAttempt } from '../../domain/webhooks/webhook.ts'
import type { Database } from '../database/database.ts'
import { pageOf, pruneInParts } from '../database/parts.ts'
import { number, type Row, text } from '../database/rows.ts'
import { patternsOf } from '../events/append-events.ts'

/** The webhooks of a database file. */
export function sqliteWebhookStore({
  database,
  now,
}: {
  readonly database: Database
  readonly now: () => number
}): WebhookStore {
  const found = (id: string): Webhook | undefined => {
    const row = database.sql('SELECT * FROM webhook WHERE id = ?').get(id)
    return row === undefined ? undefined : webhookOf(row)
  }
  return {
    create: (id, { url, patterns, description }, secret) =>
      database.write(() => {
        database
          .sql('INSERT INTO webhook (id, url, patterns, description, created_at, secret) VALUES (?, ?, ?, ?, ?, ?)')
          .run(id, url, JSON.stringify(patterns), description, now(), secret)
        return { id, url, patterns, description, status: 'active', createdAt: now() }
      }),
    find: (id) => database.read(() => found(id)),
    list: () =>
      database.read(() => database.sql('SELECT * FROM webhook ORDER BY created_at, rowid').all().map(webhookOf)),
    secretOf: (id) =>
      database.read(() => {
        const secret = database.sql('SELECT secret FROM webhook WHERE id = ?').get(id)?.['secret']
        return secret instanceof Uint8Array ? secret : undefined
      }),
    setDisabled: (id, reason) =>
      database.write(() => {
        database
          .sql('UPDATE webhook SET disabled = ?1, failing_since = iif(?1 IS NULL, NULL, failing_since) WHERE id = ?2')
          .run(reason ?? null, id)
      }),
    remove: (id) => database.write(() => database.sql('DELETE FROM webhook WHERE id = ?').run(id).changes > 0),
    attempted: (id, attempt) =>
      database.write(() => {
        if (found(id) === undefined) return undefined
        keepAttempt(database, id, attempt)
        return found(id)
      }),
    attempts: async (id, limit, pageToken) => {
      wholeNumber('limit', limit, 1, 1000)
      const before = sequenceToken(pageToken)
      return database.read(() => attempts(database, id, limit, before))
    },
    prune: (before) => pruneInParts(database, 'webhook_attempt', 'at < ?', before),
  }
}

function keepAttempt(database: Database, id: string, attempt: WebhookAttempt): void {
  const { message, type, at, durationMs, isDelivered, status = null, error = null } = attempt
  database
    .sql(
      `INSERT INTO webhook_attempt (webhook, message, type, attempt, at, duration_ms, is_delivered, status, error)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(id, message, type, attempt.attempt, at, durationMs, Number(isDelivered), status, error)
  if (isDelivered) database.sql('UPDATE webhook SET failing_since = NULL WHERE id = ?').run(id)
  else if (attempt.attempt > 0)
    database.sql('UPDATE webhook SET failing_since = ifnull(failing_since, ?) WHERE id = ?').run(at, id)
}

function attempts(database: Database, id: string, limit: number, before: number): Page<WebhookAttempt> {
  const rows = database
    .sql('SELECT * FROM webhook_attempt WHERE webhook = ? AND seq < ? ORDER BY seq DESC LIMIT ?')
    .all(id, before, limit + 1)
  return pageOf(rows, limit, attemptOf)
}

function webhookOf(row: Row): Webhook {
  const { disabled, failing_since: failingSince } = row
  return {
    id: text(row, 'id'),
    url: text(row, 'url'),
    patterns: patternsOf(row['patterns']),
    description: text(row, 'description'),
    status: disabled === null ? 'active' : 'disabled',
    ...(disabled === null ? {} : { reason: text(row, 'disabled') }),
    ...(failingSince === null ? {} : { failingSince: Number(failingSince) }),
    createdAt: number(row, 'created_at'),
  }
}

function attemptOf(row: Row): WebhookAttempt {
  return {
    message: text(row, 'message'),
    type: text(row, 'type'),
    attempt: number(row, 'attempt'),
    at: number(row, 'at'),
    durationMs: number(row, 'duration_ms'),
    isDelivered: number(row, 'is_delivered') === 1,
    ...(row['status'] === null ? {} : { status: number(row, 'status') }),
    ...(row['error'] === null ? {} : { error: text(row, 'error') }),
  }
}
