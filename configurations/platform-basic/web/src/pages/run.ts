/** What is asked of a detector, as the API takes it. */
export interface Run {
  readonly dataset: string
  readonly columns: ReadonlyArray<string>
  readonly detector: string
  readonly contamination: number
  /** Rows keep their places: what is missing is filled in. */
  readonly missing: 'median'
}

/** The run that a URL names. Columns that it does not say, or not well, are none: the API then says what is wrong. */
export function runOf(query: URLSearchParams): Run {
  return {
    dataset: query.get('dataset') ?? '',
    columns: columnsOf(query.get('columns') ?? '[]'),
    detector: query.get('detector') ?? 'iforest',
    contamination: Number(query.get('contamination') ?? 0.01),
    missing: 'median',
  }
}

function columnsOf(text: string): ReadonlyArray<string> {
  try {
    const read: unknown = JSON.parse(text)
    return Array.isArray(read) ? read.filter((name) => typeof name === 'string') : []
  } catch {
    return [] // typed by hand
  }
}
