import type { AuditDraft, AuditEntry } from '../../domain/audit/audit-entry.ts'
import type { Page } from '../../domain/page.ts'

/** Which entries: all that fit every member given. */
export interface AuditQuery {
  /** As it stands, or with `*` for any characters, at most twice. */
  readonly subject?: string | undefined
  /** As `subject`: `*.delete`. */
  readonly action?: string | undefined
  /** 1 to 1,000; default 100. */
  readonly limit?: number | undefined
  /** `next` of the page before. */
  readonly pageToken?: string | undefined
}

/** Whether the entries are those that were written. */
export interface AuditVerification {
  readonly isIntact: boolean
  readonly entries: number
  /** The hash of the last entry: noted elsewhere, it also shows when all were written anew. Empty where there is none. */
  readonly head: string
  /** The first entry that is not as it was written, or after which some are missing; and how that shows. */
  readonly broken?: { readonly sequence: number; readonly reason: string }
}

/** Who changed what, and when: entries are added, and never changed. */
export interface AuditLog {
  /** Resolves when the entry is kept, after all that were appended before it. */
  readonly append: (draft: AuditDraft) => Promise<AuditEntry>
  /** The newest first. */
  readonly list: (query?: AuditQuery) => Promise<Page<AuditEntry>>
  /** Reads all of them. */
  readonly verify: () => Promise<AuditVerification>
  /** Forgets the oldest, from before, in epoch milliseconds; an entry tells of it and goes on with their hash. Answers how many. */
  readonly prune: (before: number) => Promise<number>
}
