/** What a line of JSON lines holds, or why it cannot be read. */
export type SampleLine =
  | { readonly sample: number | ReadonlyArray<number> | Readonly<Record<string, unknown>> }
  | { readonly fault: string }

/** Reads a line of JSON lines as a sample; undefined where it is blank. What is in it is looked at when it is scored. */
export function sampleLineOf(text: string): SampleLine | undefined {
  if (text.trim() === '') return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'number') return { sample: value }
    if (typeof value === 'object' && value !== null) return { sample: value as Readonly<Record<string, unknown>> }
    return { fault: 'this is neither an object nor a number' }
  } catch {
    return { fault: 'this is no JSON' } // the parser's message would show the line
  }
}
