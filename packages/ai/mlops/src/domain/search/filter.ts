/** What is searched by: `entity.key`, or a bare attribute. Positions count UTF-16 units of the filter from 0 on. */
export interface FieldName {
  /** As written, e.g. `metrics`; absent for a bare attribute. */
  readonly entity?: string
  readonly key: string
  readonly position: number
}

/** A quoted text or a number. */
export interface Literal {
  readonly value: string | number
  readonly position: number
}

/** How a field and one value may compare. `LIKE` minds case, `ILIKE` does not (for ASCII letters). */
export type Comparator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'NOT LIKE' | 'ILIKE' | 'NOT ILIKE'

/** A comparison: what a filter is made of. */
export type Comparison =
  | {
      readonly kind: 'compare'
      readonly field: FieldName
      readonly comparator: Comparator
      readonly comparatorPosition: number
      readonly literal: Literal
    }
  | {
      readonly kind: 'in'
      readonly field: FieldName
      readonly negated: boolean
      readonly literals: ReadonlyArray<Literal>
    }
  | {
      readonly kind: 'between'
      readonly field: FieldName
      readonly negated: boolean
      readonly from: Literal
      readonly to: Literal
    }
  | { readonly kind: 'null'; readonly field: FieldName; readonly negated: boolean }

/** A filter as a tree without NOT: negation stands in the comparisons, so that what lacks a key matches neither way. */
export type Filter =
  | Comparison
  | { readonly kind: 'and'; readonly parts: ReadonlyArray<Filter> }
  | { readonly kind: 'or'; readonly parts: ReadonlyArray<Filter> }

/** One item of an order. */
export interface OrderItem {
  readonly field: FieldName
  readonly descending: boolean
}
