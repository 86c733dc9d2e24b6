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
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return undefined // the route says so
  }
  if (typeof body !== 'object' || body === null) return undefined
  const { rows: _rows, inputs: _inputs, id: _id, ...rest } = body as Readonly<Record<string, unknown>> // an object's fields
  const kind = `${path} ${JSON.stringify(rest)}`
  return kind.length > MOST_OF_KIND ? undefined : { kind, body }
}
