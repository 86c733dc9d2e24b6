const HEAD_SIZE = 65_536

/** The first bytes of a source, for finding out what it is, and all of it from the beginning. */
export interface Headed {
  readonly head: Uint8Array
  readonly chunks: AsyncIterable<Uint8Array>
}

/** Reads until 64 KiB or the end are there, and gives them back together with the whole. */
export async function withHead(source: AsyncIterable<Uint8Array>): Promise<Headed> {
  const iterator = source[Symbol.asyncIterator]()
  const parts: Array<Uint8Array> = []
  let done = false
  for (let size = 0; size < HEAD_SIZE && !done;) {
    const next = await iterator.next()
    if (next.done === true) {
      done = true
    } else {
      parts.push(Buffer.from(next.value))
      size += next.value.length
    }
  }
  const read = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)
  const chunks = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    if (read.length > 0) yield read
    if (done) return
    for (;;) {
      const next = await iterator.next()
      if (next.done === true) return
      yield next.value
    }
  }
  return { head: read.subarray(0, HEAD_SIZE), chunks: chunks() }
}

/** True when the bytes begin with the gzip magic number (RFC 1952, section 2.3.1). */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b
}

/** True when the bytes begin with Parquet's magic number, `PAR1`. */
export function isParquet(head: Uint8Array): boolean {
  return head.length >= 4 && Buffer.from(head.subarray(0, 4)).toString('latin1') === 'PAR1'
}
