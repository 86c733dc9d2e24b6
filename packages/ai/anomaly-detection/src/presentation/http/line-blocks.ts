/** How much is taken. */
export interface LineLimits {
  /** Bytes of all lines together. */
  readonly mostBytes: number
  /** Bytes of a line. */
  readonly mostLineBytes: number
}

const LINE_FEED = 10

/** Thrown where a body, or a line of it, is too large; the blocks before it are good. */
export class TooLarge extends Error {
  override readonly name: string = 'TooLarge'
}

/**
 * Cuts a body into blocks of whole lines as it comes; no more is read than is asked for. The last block, perhaps empty, is what
 * stands behind the last line feed.
 * @throws TooLarge; what the body throws
 */
export async function* lineBlocks(
  body: AsyncIterable<Uint8Array>,
  { mostBytes, mostLineBytes }: LineLimits,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  let rest = new Uint8Array()
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > mostBytes) throw new TooLarge(`the body has more than ${mostBytes} bytes; send the others after it`)
    const { end, isTooLong } = wholeLines(chunk, rest.length, mostLineBytes)
    if (end > 0) yield joined(rest, chunk.subarray(0, end))
    if (isTooLong) throw new TooLarge(`a line has more than ${mostLineBytes} bytes; a sample is a line`)
    rest = end > 0 ? chunk.slice(end) : joined(rest, chunk)
  }
  yield rest
}

// Where the whole lines end that are not too long, and whether one that is comes next.
function wholeLines(
  chunk: Uint8Array,
  before: number,
  mostBytes: number,
): { readonly end: number; readonly isTooLong: boolean } {
  if (before + chunk.length <= mostBytes) return { end: chunk.lastIndexOf(LINE_FEED) + 1, isTooLong: false }
  let end = 0
  let length = before // of the line that `end` is in
  for (;;) {
    const feed = chunk.indexOf(LINE_FEED, end)
    length += (feed === -1 ? chunk.length : feed) - end
    if (length > mostBytes) return { end, isTooLong: true }
    if (feed === -1) return { end, isTooLong: false }
    end = feed + 1
    length = 0
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
