/** MLflow 3 cuts values that are too long where it can, instead of refusing them. */

const LONGEST_PARAM = 6000 // characters
const LONGEST_TAG = 8000

interface Pair {
  readonly key: string
  readonly value: string
}

/** Parameters as they are kept. */
export function cutParams<T extends Pair>(params: ReadonlyArray<T>, isCutting: boolean): ReadonlyArray<T> {
  return isCutting ? params.map((param) => cut(param, LONGEST_PARAM)) : params
}

/** Run tags as they are kept. */
export function cutTags<T extends Pair>(tags: ReadonlyArray<T>, isCutting: boolean): ReadonlyArray<T> {
  return isCutting ? tags.map((tag) => cut(tag, LONGEST_TAG)) : tags
}

function cut<T extends Pair>(pair: T, longest: number): T {
  if (pair.value.length <= longest) return pair
  // by characters as Python counts them: half a surrogate pair is no text
  return {
    ...pair,
    value: Array.from(pair.value.slice(0, 2 * longest))
      .slice(0, longest)
      .join(''),
  }
}
