import { chiSquare, type ContingencyTable } from './contingency-table.ts'

/**
 * Cramer's V with the bias of small tables taken off. In [0, 1], 0 for independent columns; null below two categories.
 * Source: W. Bergsma (2013), A bias-correction for Cramer's V and Tschuprow's T.
 */
export function cramersV(table: ContingencyTable): number | null {
  const { rows, columns, total } = table
  if (rows < 2 || columns < 2 || total < 2) return null
  const phi2 = Math.max(0, chiSquare(table) / total - ((rows - 1) * (columns - 1)) / (total - 1))
  const least = Math.min(rows - (rows - 1) ** 2 / (total - 1), columns - (columns - 1) ** 2 / (total - 1)) - 1
  return least <= 0 ? null : Math.min(1, Math.sqrt(phi2 / least))
}

/** Mutual information in nats, >= 0; 0 for independent columns. null without rows. */
export function mutualInformation({
  rows,
  columns,
  counts,
  rowSums,
  columnSums,
  total,
}: ContingencyTable): number | null {
  if (total === 0) return null
  let sum = 0
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const count = counts[row * columns + column] ?? 0
      if (count === 0) continue
      sum += (count / total) * Math.log((count * total) / ((rowSums[row] ?? 0) * (columnSums[column] ?? 0)))
    }
  }
  return Math.max(0, sum)
}
