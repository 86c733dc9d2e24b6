/** Part of a list. */
export interface Page<T> {
  readonly items: ReadonlyArray<T>
  /** Asks for the items after these; absent where there are none. */
  readonly next?: string
}
