import { isAscii } from 'node:buffer'

import { errorAt } from '../../domain/place.ts'

// Small blocks stay in the processor's cache: 64 KiB were parsed 1.7 times as fast as 1 MiB.
const BLOCK_SIZE = 65_536
/** A line, or a quoted field, longer than this is taken for a fault, so that memory stays bounded. */
export const LONGEST_LINE = 16_777_216

/**
 * Cuts UTF-8 into texts of whole lines, about 64 KiB each; every text ends with a line break, the last one too.
 * @param newline - the byte that ends a line: 10, or 13 for files of old
 * @throws FilesError `files/malformed` at a line without an end.
 */
export async function* lineBlocks(
  path: string,
  chunks: AsyncIterable<Buffer>,
  newline: number,
): AsyncGenerator<string, void, undefined> {
  let carry: Array<Buffer> = []
  let carried = 0
  for await (const chunk of chunks) {
    let start = 0
    while (start < chunk.length) {
      const cut = chunk.subarray(start, start + BLOCK_SIZE).lastIndexOf(newline)
      const end = cut === -1 ? Math.min(chunk.length, start + BLOCK_SIZE) : start + cut + 1
      const part = chunk.subarray(start, end)
      carried += end - start
      start = end
      if (cut === -1) {
        carry.push(Buffer.from(part))
        if (carried > LONGEST_LINE) {
          throw errorAt('files/malformed', { path }, 'there is a line of more than 16 MiB; is this the right format?')
        }
      } else {
        carry.push(part)
        yield textOf(carry)
        carry = []
        carried = 0
      }
    }
  }
  if (carried > 0) yield `${textOf(carry)}${String.fromCharCode(newline)}`
}

function textOf(parts: ReadonlyArray<Buffer>): string {
  const bytes = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)
  return bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8')
}
