/**
 * Fills a table with -ln(k / n) for k = 0..n; a tail that no training value reaches (k = 0) counts as the row itself among
 * n + 1.
 * @param table - shape (n + 1)
 */
export function fillTailTable(table: Float64Array): Float64Array {
  const n = table.length - 1
  for (let k = 1; k < n; k++) table[k] = -Math.log(k / n)
  table[n] = 0
  table[0] = Math.log(n + 1)
  return table
}
