import type { OutputColumn } from '@nomaly/ai-anomaly-detection/cli'

/** A cell in full, as CSV has it: the shortest text that reads back as the same number; nothing for a missing value. */
export function cellText(value: unknown, column: OutputColumn): string {
  if (value === undefined || value === null) return ''
  if (column.text !== undefined) return column.text(value)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
}
