/** Which living or deleted things a search answers. */
export type View = 'active' | 'deleted' | 'all'

/** A search over one kind of thing. Every member is optional: an empty query answers the first page of all active. */
export interface SearchQuery {
  /** The filter grammar of `docs/search.md`: MLflow's, and OR, NOT, parentheses, IN, BETWEEN, LIKE. */
  readonly filter?: string
  /** `identifier [ASC|DESC]` each; what has no value comes last. */
  readonly orderBy?: ReadonlyArray<string>
  readonly view?: View
  /** Rows of the page, from 1 to 50,000; 1,000 when absent. */
  readonly limit?: number
  /** What the page before answered as `next`; bound to the same filter, order and view. */
  readonly pageToken?: string
}

/** One page of a search. `next` is absent on the last page. */
export interface Page<T> {
  readonly items: ReadonlyArray<T>
  readonly next?: string
}
