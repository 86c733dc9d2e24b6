import type { Download } from './result-download.ts'

const ROWS_AT_ONCE = 4096 // of which a text is made before it goes out

/**
 * CSV, RFC 4180 with line feeds: a header, numbers as the shortest text that reads back the same, 1 for an anomaly, 0 for none,
 * nothing for a missing value. Texts stand as they are: what a spreadsheet would take for a formula is not changed.
 */
export async function* csvOf({ columns, batches }: Download): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(`${columns.map(({ name }) => quoted(name)).join(',')}\n`)
  for await (const { rows, values } of batches) {
    const cells = columns.map(({ kind }, column) => {
      const given = values[column] ?? []
      if (kind === 'text') return (row: number) => quoted(String(given[row] ?? ''))
      if (kind === 'boolean') return (row: number) => (given[row] === true ? '1' : '0')
      return (row: number) => numberText(given[row])
    })
    for (let start = 0; start < rows; start += ROWS_AT_ONCE) {
      let text = ''
      for (let row = start; row < Math.min(rows, start + ROWS_AT_ONCE); row++) {
        for (let column = 0; column < cells.length; column++)
          text += `${column === 0 ? '' : ','}${cells[column]?.(row)}`
        text += '\n'
      }
      yield encoder.encode(text)
    }
  }
}

/** A line of JSON a row; null for a missing value, infinities as texts. */
export async function* jsonLinesOf({ columns, batches }: Download): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  const names = columns.map(({ name }, column) => `${column === 0 ? '{' : ','}${JSON.stringify(name)}:`)
  for await (const { rows, values } of batches) {
    for (let start = 0; start < rows; start += ROWS_AT_ONCE) {
      let text = ''
      for (let row = start; row < Math.min(rows, start + ROWS_AT_ONCE); row++) {
        for (let column = 0; column < names.length; column++)
          text += `${names[column]}${jsonText(values[column]?.[row])}`
        text += '}\n'
      }
      yield encoder.encode(text)
    }
  }
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function numberText(value: unknown): string {
  return typeof value === 'number' && !Number.isNaN(value) ? String(value) : ''
}

function jsonText(value: unknown): string {
  if (typeof value !== 'number') return JSON.stringify(value ?? null)
  if (Number.isFinite(value)) return String(value)
  return Number.isNaN(value) ? 'null' : `"${value}"`
}
