import type { Expectation } from '../../domain/expectation.ts'

/** An expectation that a profile speaks for. */
export interface Suggestion {
  /** Of the rule and its column: the same from every profile. */
  readonly id: string
  readonly expectation: Expectation
  /** Why, with figures. */
  readonly reason: string
  /** Of the share in `mostly`; null where the rule is one of design (a key, a type) that a sample cannot put a figure on. */
  readonly confidence: number | null
}

/** A suggestion before its share is computed. */
export interface Candidate {
  readonly rule: string
  readonly columns: ReadonlyArray<string>
  readonly type: string
  readonly kwargs: Readonly<Record<string, unknown>>
  readonly reason: string
  /** Rows that break it, or would if they had been left out, of those that were looked at; absent for a rule of design. */
  readonly sample?: { readonly bad: number; readonly rows: number; readonly of: number; readonly least: number }
}
