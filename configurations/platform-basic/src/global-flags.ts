/** Options that every command takes. */
export interface GlobalFlags {
  readonly data?: string
  readonly config?: string
  readonly quiet?: boolean
}
