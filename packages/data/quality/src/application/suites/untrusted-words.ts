/** A word of a document that others wrote: a text as it is, anything else as JSON. */
export function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

/** The words of a list, or of a single value. */
export function wordsOf(value: unknown): ReadonlyArray<string> {
  return (Array.isArray(value) ? value : [value]).map(wordOf)
}
