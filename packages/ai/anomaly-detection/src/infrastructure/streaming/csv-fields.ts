/** RFC 4180, a record at a time. */

/** Whether a quoted field goes on in the next line. */
export function hasOpenQuote(record: string): boolean {
  let quotes = 0
  for (let at = record.indexOf('"'); at !== -1; at = record.indexOf('"', at + 1)) quotes++
  return quotes % 2 === 1
}

/** The fields of a record whose quotes are closed. */
export function csvFields(record: string, separator: string): ReadonlyArray<string> {
  if (!record.includes('"')) return record.split(separator)
  const fields: string[] = []
  let at = 0
  while (at <= record.length) {
    const isQuoted = record[at] === '"'
    const closing = isQuoted ? closingQuote(record, at + 1) : at
    const next = record.indexOf(separator, closing)
    const end = next === -1 ? record.length : next
    fields.push(isQuoted ? record.slice(at + 1, closing).replaceAll('""', '"') : record.slice(at, end))
    at = end + 1
  }
  return fields
}

function closingQuote(record: string, from: number): number {
  for (let at = record.indexOf('"', from); at !== -1; at = record.indexOf('"', at + 2)) {
    if (record[at + 1] !== '"') return at
  }
  return record.length
}
