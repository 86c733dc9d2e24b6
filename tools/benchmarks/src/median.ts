/**
 * The middle value; of an even number of values the mean of the two in the middle.
 * @throws RangeError where there is no value
 */
export function median(values: ReadonlyArray<number>): number {
  const sorted = [...values].sort((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  if (upper === undefined || lower === undefined) throw new RangeError('the median of no values is not defined')
  return (lower + upper) / 2
}
