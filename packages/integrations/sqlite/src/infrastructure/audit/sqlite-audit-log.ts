import type { AuditLog, AuditQuery } from '../../application/ports/audit-log.ts'
import type { AuditDraft, AuditEntry } from '../../domain/audit/audit-entry.ts'
import { invalidArgument, sequenceToken, wholeNumber } from '../../domain/checks.ts'
import type { Page } from '../../domain/page.ts'
import type { Database } from '../database/database.ts'
import { pageOf } from '../database/parts.ts'
import { number, text } from '../database/rows.ts'
import { auditEntryOf, auditHash, PRUNED } from './audit-row.ts'
import { verifyAudit } from './verify-audit.ts'

/** The audit log of a database file. */
export function sqliteAuditLog({
  database,
  now,
}: {
  readonly database: Database
  readonly now: () => number
}): AuditLog {
  return {
    append: (draft) => database.write(() => append(database, draft, now())),
    list: async (query = {}) => {
      const { limit = 100, pageToken } = query
      wholeNumber('limit', limit, 1, 1000)
      const before = sequenceToken(pageToken)
      const patterns = { subject: glob('subject', query.subject), action: glob('action', query.action) }
      return database.read(() => list(database, patterns, before, limit))
    },
    verify: () => verifyAudit(database),
    prune: (before) => database.write(() => prune(database, before, now())),
  }
}

/** Inside a write, so that no other entry comes between. */
function append(database: Database, draft: AuditDraft, at: number): AuditEntry {
  const last = database.sql('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1').get()
  const sequence = last === undefined ? 1 : number(last, 'seq') + 1
  const entry = { ...draft, sequence, at, previous: last === undefined ? '' : text(last, 'hash') }
  const hash = auditHash(entry)
  database
    .sql(
      `INSERT INTO audit (seq, at, request, actor, method, path, status, action, subject, previous, hash)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      sequence,
      at,
      draft.request,
      draft.actor,
      draft.method,
      draft.path,
      draft.status,
      draft.action,
      draft.subject,
      entry.previous,
      hash,
    )
  return { ...entry, hash }
}

function list(
  database: Database,
  { subject, action }: Required<Pick<AuditQuery, 'subject' | 'action'>>,
  before: number,
  limit: number,
): Page<AuditEntry> {
  const rows = database
    .sql(
      `SELECT * FROM audit WHERE seq < ?1 AND (?2 IS NULL OR subject GLOB ?2) AND (?3 IS NULL OR action GLOB ?3)
       ORDER BY seq DESC LIMIT ?4`,
    )
    .all(before, subject ?? null, action ?? null, limit + 1)
  return pageOf(rows, limit, auditEntryOf)
}

/** The oldest go, and an entry says up to which, so that the rest can still be verified. */
function prune(database: Database, before: number, at: number): number {
  const last = database
    .sql(
      'SELECT seq, hash, action FROM audit WHERE seq < (SELECT ifnull(min(seq), 9e15) FROM audit WHERE at >= ?) ORDER BY seq DESC LIMIT 1',
    )
    .get(before)
  const { first, newest } = database.sql('SELECT min(seq) AS first, max(seq) AS newest FROM audit').get() ?? {}
  if (last === undefined || (first === newest && last['action'] === PRUNED)) return 0 // that entry has to stay
  const [sequence, hash] = [number(last, 'seq'), text(last, 'hash')]
  const told = { request: '', actor: 'retention', method: '', path: '', status: 0 }
  append(database, { ...told, action: PRUNED, subject: `${sequence}:${hash}` }, at)
  return Number(database.sql('DELETE FROM audit WHERE seq <= ?').run(sequence).changes)
}

/** `*` alone stands for others; few, as each multiplies the work. */
function glob(field: string, pattern: string | undefined): string | undefined {
  if (pattern === undefined) return undefined
  if (pattern.length > 500 || pattern.split('*').length > 3)
    throw invalidArgument(field, 'of at most 500 characters, with at most two *')
  return pattern.replaceAll(/[?[]/g, '[$&]')
}
