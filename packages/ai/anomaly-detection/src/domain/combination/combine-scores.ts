/**
 * Several detectors' scores of the same rows as one. The scores must be on one scale (see `unify`); higher is more
 * anomalous in and out. Source: C. Aggarwal, S. Sathe (2015), Theoretical Foundations and Algorithms for Outlier Ensembles.
 */

/**
 * The weighted mean of each row.
 * @param members - at least one, each of shape (n)
 * @param weights - shape (members), >= 0, not all 0; default all alike
 */
export function averageOf(members: ReadonlyArray<Float64Array>, weights?: Float64Array): Float64Array {
  const combined = new Float64Array(members[0]?.length ?? 0)
  let total = 0
  for (const [member, scores] of members.entries()) {
    const weight = weights?.[member] ?? 1
    total += weight
    for (let row = 0; row < combined.length; row++) {
      combined[row] = (combined[row] as number) + weight * (scores[row] as number)
    }
  }
  return combined.map((sum) => sum / total)
}

/** The highest score of each row. @param members - at least one, each of shape (n) */
export function maximumOf(members: ReadonlyArray<Float64Array>): Float64Array {
  const combined = new Float64Array(members[0]?.length ?? 0).fill(-Infinity)
  for (const scores of members) {
    for (let row = 0; row < combined.length; row++) {
      combined[row] = Math.max(combined[row] as number, scores[row] as number)
    }
  }
  return combined
}

/** The middle score of each row, or the mean of the two middle ones. @param members - at least one, each of shape (n) */
export function medianOf(members: ReadonlyArray<Float64Array>): Float64Array {
  const ofRow = new Float64Array(members.length)
  const middle = members.length >> 1
  const isOdd = members.length % 2 === 1
  return new Float64Array(members[0]?.length ?? 0).map((_, row) => {
    for (const [member, scores] of members.entries()) ofRow[member] = scores[row] as number
    ofRow.sort()
    const upper = ofRow[middle] as number
    return isOdd ? upper : (upper + (ofRow[middle - 1] as number)) / 2
  })
}
