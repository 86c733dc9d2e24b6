/** 2 x longest common subsequence / both lengths: 1 for equal texts, 0 for texts without a letter in common. */
export function similarity(a: string, b: string): number {
  if (a.length + b.length === 0) return 1
  let row = new Uint32Array(b.length + 1)
  for (let i = 1; i <= a.length; i++) {
    const next = new Uint32Array(b.length + 1)
    for (let j = 1; j <= b.length; j++) {
      const skipped = Math.max(row[j] ?? 0, next[j - 1] ?? 0)
      next[j] = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? (row[j - 1] ?? 0) + 1 : skipped
    }
    row = next
  }
  return (2 * (row[b.length] ?? 0)) / (a.length + b.length)
}

/** A text without case, accents, punctuation and repeated spaces. */
export function plainText(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
