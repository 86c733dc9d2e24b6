import { AnomalyDetectionError } from './errors.ts'

/** Ways to make numbers of a text column: one 0/1 feature a category, or the category's place in their order. */
export type EncodingMethod = 'onehot' | 'ordinal'

/** How one text column became numbers. */
export interface ColumnEncoding {
  readonly column: string
  readonly method: EncodingMethod
  /** Ascending by code unit; a category's place is its ordinal. */
  readonly categories: ReadonlyArray<string>
}

const MOST_ONEHOT_CATEGORIES = 1000

/**
 * Names of the features a column becomes: `column=category` for each, or the column's own name.
 * @throws AnomalyDetectionError `too-many-categories` for a one-hot column of more than 1000
 */
export function encodedFeatures({ column, method, categories }: ColumnEncoding): ReadonlyArray<string> {
  if (method === 'ordinal') return [column]
  if (categories.length > MOST_ONEHOT_CATEGORIES) {
    throw new AnomalyDetectionError(
      'anomaly-detection/too-many-categories',
      `column '${column}' has ${categories.length} categories; one-hot takes at most ${MOST_ONEHOT_CATEGORIES}: encode it as ordinal or leave it out`,
      { column, categories: categories.length },
    )
  }
  return categories.map((category) => `${column}=${category}`)
}
