/** The state of one part of the program. */
export interface PartReport {
  readonly part: string
  /** Off is a choice or a lack that can be lived with; failed is not. */
  readonly state: 'on' | 'off' | 'failed'
  readonly detail: string
  /** What would turn it on. */
  readonly mend?: string | undefined
}
