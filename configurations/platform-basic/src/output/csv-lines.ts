/** RFC 4180, with line feeds. */
import type { OutputRecords } from '@nomaly/ai-anomaly-detection/cli'

import { cellText } from './cell-text.ts'

/** A header line and a line a record. */
export function* csvLines({ columns, rows }: OutputRecords): Generator<string> {
  yield `${columns.map(({ name }) => quoted(name)).join(',')}\n`
  for (const row of rows) {
    let line = ''
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i]
      if (column !== undefined) line += `${i === 0 ? '' : ','}${quoted(cellText(row[i], column))}`
    }
    yield `${line}\n`
  }
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
