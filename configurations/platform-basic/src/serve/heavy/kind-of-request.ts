/** A small request, read. */
export interface SmallRequest {
  /** The same for requests that do the same with other rows. */
  readonly kind: string
  readonly body: unknown
}

const MOST_CHARACTERS = 2 ** 18 // JSON of some thousand rows; reading more holds the event loop up
const MOST_OF_KIND = 500

/** Reads a request that is small; undefined where it is not, or is no JSON. */
export function smallRequestOf(path: string, text: string): SmallRequest | undefined {
  if (text.length > MOST_CHARACTERS) return undefined
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined
    const { rows: _rows, inputs: _inputs, id: _id, ...rest } = body as Readonly<Record<string, unknown>> // an object's fields
    const kind = `${path} ${JSON.stringify(rest)}`
    return kind.length > MOST_OF_KIND ? undefined : { kind, body }
  } catch {
    return undefined // no JSON, or nested too deep: the route says so
  }
}
