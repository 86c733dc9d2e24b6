/** What one gate found. */
export interface GateEvidence {
  /** The gate and its terms, such as `metricAtLeast(auc, 0.9)`. */
  readonly gate: string
  readonly passed: boolean
  /** What it judged by: JSON only. */
  readonly evidence: Readonly<Record<string, unknown>>
}

/** How a promotion ended. */
export type PromotionOutcome = 'promoted' | 'refused' | 'rolled-back'

/** One decision about who has an alias, with what it was decided on. */
export interface Promotion {
  readonly id: string
  readonly name: string
  readonly alias: string
  readonly outcome: PromotionOutcome
  /** The candidate; of a rollback, the version that has the alias again. */
  readonly version: string
  /** Who had the alias before; absent when nobody had. */
  readonly predecessor?: string
  readonly requestedBy: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly gates: ReadonlyArray<GateEvidence>
}

/** What somebody thinks of a version. The last word of each approver counts. */
export interface Approval {
  readonly approver: string
  /** False takes an approval back, or refuses one. */
  readonly approved: boolean
  readonly comment: string
  /** Epoch milliseconds. */
  readonly at: number
}
