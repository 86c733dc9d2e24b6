import type { AuditVerification } from '../../application/ports/audit-log.ts'
import type { Database } from '../database/database.ts'
import { number, type Row } from '../database/rows.ts'
import { auditEntryOf, auditHash, PRUNED } from './audit-row.ts'

const BLOCK = 1000

/** Recomputes every hash, a block at a time, between which others have their turn. */
export async function verifyAudit(database: Database): Promise<AuditVerification> {
  const written = await database.read(() => database.sql(`SELECT seq FROM sqlite_sequence WHERE name = 'audit'`).get())
  let [entries, head, sequence] = [0, '', 0]
  const gaps = new Map<string, number>() // what an entry of the chain has to say of those that are gone, and where that is
  const broken = (at: number, reason: string): AuditVerification => {
    return { isIntact: false, entries, head, broken: { sequence: at, reason } }
  }
  for (let rows = await blockAfter(database, 0); rows.length > 0; rows = await blockAfter(database, sequence)) {
    for (const row of rows) {
      const entry = auditEntryOf(row)
      if (entry.sequence !== sequence + 1) gaps.set(`${entry.sequence - 1}:${entry.previous}`, sequence)
      else if (entry.previous !== head) return broken(entry.sequence, 'it does not follow the entry before it')
      if (auditHash(entry) !== entry.hash) return broken(entry.sequence, 'it was changed')
      if (entry.action === PRUNED) gaps.delete(entry.subject)
      ;[entries, head, sequence] = [entries + 1, entry.hash, entry.sequence]
    }
  }
  for (const at of gaps.values()) return broken(at, 'entries after it are missing, and none says that they were pruned')
  const last = written === undefined ? 0 : number(written, 'seq')
  return last > sequence ? broken(sequence, 'entries after it are missing') : { isIntact: true, entries, head }
}

async function blockAfter(database: Database, sequence: number): Promise<ReadonlyArray<Row>> {
  await new Promise((resolve) => setImmediate(resolve))
  return database.read(() =>
    database.sql(`SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ${BLOCK}`).all(sequence),
  )
}
