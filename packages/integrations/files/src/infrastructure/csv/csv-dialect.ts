import Papa from 'papaparse'

/** How one file separates its fields and its rows. */
export interface CsvDialect {
  readonly delimiter: string
  /** A lone carriage return ends rows only where the first rows hold no line feed; CRLF counts as a line feed. */
  readonly newline: '\n' | '\r'
}

/**
 * Finds a file's dialect in its first bytes.
 * @param delimiter - the one that is certain; otherwise the one of `,` `;` tab `|` that divides the first rows most evenly
 */
export function csvDialect(head: Uint8Array, delimiter: string | undefined): CsvDialect {
  const text = headText(head)
  const newline = text.includes('\r') && !text.includes('\n') ? '\r' : '\n'
  if (delimiter !== undefined) return { delimiter, newline }
  const end = text.lastIndexOf(newline)
  const sample = (end === -1 ? text : text.slice(0, end)).replaceAll('\r\n', '\n')
  const { meta } = Papa.parse(sample, {
    newline,
    preview: 10,
    skipEmptyLines: true,
    delimitersToGuess: [',', '\t', ';', '|'],
  })
  return { delimiter: meta.delimiter, newline }
}

function headText(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le').decode(head)
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be').decode(head)
  return new TextDecoder().decode(head)
}
