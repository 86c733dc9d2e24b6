/**
 * p-values adjusted for how many there are, so that of those below a limit at most that share is expected to be false.
 * Source: Y. Benjamini, Y. Hochberg (1995), Controlling the false discovery rate.
 * @returns in the order given, none below its own p-value
 */
export function benjaminiHochberg(pValues: ReadonlyArray<number>): ReadonlyArray<number> {
  const order = [...pValues.keys()].sort((a, b) => (pValues[b] ?? 1) - (pValues[a] ?? 1))
  const adjusted = pValues.map(() => 1)
  let least = 1
  for (const [i, at] of order.entries()) {
    least = Math.min(least, ((pValues[at] ?? 1) * pValues.length) / (pValues.length - i))
    adjusted[at] = least
  }
  return adjusted
}
