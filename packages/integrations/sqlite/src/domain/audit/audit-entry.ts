/** What was asked to change something, by whom, and what came of it. */
export interface AuditDraft {
  /** The id of the request. */
  readonly request: string
  /** Who asked: `local`, or the fingerprint of a key; never the key. */
  readonly actor: string
  /** Such as `DELETE`. */
  readonly method: string
  /** Without its query. */
  readonly path: string
  /** Of the answer. */
  readonly status: number
  /** What was done, such as `datasets.delete`. */
  readonly action: string
  /** To what, such as `datasets/5f0c`. */
  readonly subject: string
}

/** An entry of the audit log. Each holds the hash of the one before it, so that none can be altered alone. */
export interface AuditEntry extends AuditDraft {
  /** From 1 on, without gaps. */
  readonly sequence: number
  /** Epoch milliseconds. */
  readonly at: number
  /** The hash of the entry before; empty in the first. */
  readonly previous: string
  /** SHA-256, in hexadecimal digits, of `auditText`. */
  readonly hash: string
}

/** What the hash of an entry is taken of. */
export function auditText(entry: Omit<AuditEntry, 'hash'>): string {
  const { sequence, at, request, actor, method, path, status, action, subject, previous } = entry
  return JSON.stringify([sequence, at, request, actor, method, path, status, action, subject, previous])
}
