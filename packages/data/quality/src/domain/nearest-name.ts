/** The name that takes the fewest edits to reach, when that is at most a third of its letters; else nothing. */
export function nearestName(wanted: string, names: ReadonlyArray<string>): string | undefined {
  let [best, least]: [string | undefined, number] = [undefined, Number.POSITIVE_INFINITY]
  for (const name of names) {
    const edits = editsBetween(wanted.toLowerCase(), name.toLowerCase())
    if (edits < least && edits <= Math.ceil(name.length / 3)) [best, least] = [name, edits]
  }
  return best
}

// Source: V. Levenshtein (1966), by rows.
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
