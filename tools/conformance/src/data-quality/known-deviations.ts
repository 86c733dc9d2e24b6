type Said = Readonly<Record<string, unknown>>

/**
 * Why a result differs from Great Expectations' on purpose, or nothing. These are in the README's list of differences.
 * @param own - what we say, in Great Expectations' names
 */
export function knownDeviation(own: Said, other: Said): string | undefined {
  if (
    other['type'] === 'expectColumnSumToBeBetween' &&
    own['observed_value'] === null &&
    other['observed_value'] === 0
  ) {
    return 'the sum of no values is unknown, as in SQL; pandas says 0'
  }
  if (
    other['type'] === 'expectColumnValuesToMatchJsonSchema' &&
    other['refused'] === true &&
    own['success'] === false
  ) {
    return 'a text that is no JSON fits no schema; pandas gives up on the whole column'
  }
  return undefined
}

/** Members that Great Expectations leaves empty and we fill. */
export function isLeftOut(name: string, other: Said): boolean {
  return (
    name === 'observed_value' && String(other['type']).startsWith('expectColumnDistinctValues') && other[name] === null
  )
}
