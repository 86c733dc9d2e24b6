import { createHash } from 'node:crypto'

import { type AuditEntry, auditText } from '../../domain/audit/audit-entry.ts'
import { number, type Row, text } from '../database/rows.ts'

/** The action of the entry that says up to which entry, and with which hash, others are gone. */
export const PRUNED = 'audit.prune'

/** The entry of a row. */
export function auditEntryOf(row: Row): AuditEntry {
  return {
    sequence: number(row, 'seq'),
    at: number(row, 'at'),
    request: text(row, 'request'),
    actor: text(row, 'actor'),
    method: text(row, 'method'),
    path: text(row, 'path'),
    status: number(row, 'status'),
    action: text(row, 'action'),
    subject: text(row, 'subject'),
    previous: text(row, 'previous'),
    hash: text(row, 'hash'),
  }
}

/** What an entry is known by. */
export function auditHash(entry: Omit<AuditEntry, 'hash'>): string {
  return createHash('sha256').update(auditText(entry)).digest('hex')
}
