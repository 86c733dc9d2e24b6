/** Neighbouring rows. */
export interface Block {
  readonly start: number
  readonly limit: number
}

/**
 * Which of the rows `start` to `end` to look at: all of them where they are at most `most`, else evenly spread blocks of `size`
 * rows with the first and the last rows among them.
 */
export function blocksOf(start: number, end: number, most: number, size: number): ReadonlyArray<Block> {
  const rows = end - start
  if (rows <= 0) return []
  if (rows <= most) return [{ start, limit: rows }]
  const count = Math.max(1, Math.floor(most / size))
  const step = count === 1 ? 0 : (rows - size) / (count - 1)
  return Array.from({ length: count }, (_, at) => ({ start: start + Math.round(at * step), limit: size }))
}
