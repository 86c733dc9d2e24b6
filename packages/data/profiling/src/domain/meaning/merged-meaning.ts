import type { SemanticType } from '../column-profile.ts'

/** What two parts of a column mean together: shares weigh by the values looked at, and what one part alone shows stays told. */
export function mergedMeaning(
  a: ReadonlyArray<SemanticType>,
  b: ReadonlyArray<SemanticType>,
): ReadonlyArray<SemanticType> {
  const all = new Map(a.map((meaning) => [meaning.kind, meaning]))
  for (const meaning of b) {
    const known = all.get(meaning.kind)
    const rows = meaning.rows + (known?.rows ?? 0)
    const hits = meaning.share * meaning.rows + (known === undefined ? 0 : known.share * known.rows)
    all.set(meaning.kind, { ...meaning, ...known, rows, share: rows === 0 ? meaning.share : hits / rows })
  }
  return [...all.values()].sort((x, y) => y.share - x.share)
}
