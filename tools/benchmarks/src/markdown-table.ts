/** A column of a table: its heading, and whether its cells are figures (set to the right). */
export interface Column {
  readonly heading: string
  readonly figures?: boolean
}

/** A Markdown table with its columns padded, so that it reads as well on a terminal as on a page. */
export function markdownTable(columns: ReadonlyArray<Column>, rows: ReadonlyArray<ReadonlyArray<string>>): string {
  const widths = columns.map(({ heading }, at) =>
    Math.max(3, heading.length, ...rows.map((row) => row[at]?.length ?? 0)),
  )
  const line = (cells: ReadonlyArray<string>): string =>
    `| ${columns.map(({ figures }, at) => padded(cells[at] ?? '', widths[at] ?? 0, figures)).join(' | ')} |`
  const rule = columns.map(({ figures }, at) => `${'-'.repeat((widths[at] ?? 0) - 1)}${figures ? ':' : '-'}`)
  return [line(columns.map(({ heading }) => heading)), line(rule), ...rows.map(line)].join('\n')
}

function padded(text: string, width: number, figures: boolean | undefined): string {
  return figures ? text.padStart(width) : text.padEnd(width)
}
