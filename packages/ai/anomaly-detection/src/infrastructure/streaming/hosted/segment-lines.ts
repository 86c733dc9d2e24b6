import type { FileHandle } from 'node:fs/promises'

const PART_BYTES = 2 ** 18
const LINE_FEED = 10

/**
 * Reads lines of a file.
 * @param size - bytes of the file that were written whole
 * @param most - lines
 * @returns the lines, and where the next one begins
 */
export async function linesFrom(
  file: FileHandle,
  offset: number,
  size: number,
  most: number,
): Promise<{ readonly lines: ReadonlyArray<string>; readonly end: number }> {
  const lines: string[] = []
  let end = offset // of the last line
  let rest = Buffer.alloc(0)
  let at = offset
  while (lines.length < most && at < size) {
    const part = Buffer.alloc(Math.min(PART_BYTES, size - at))
    const { bytesRead } = await file.read(part, 0, part.length, at)
    if (bytesRead === 0) break
    at += bytesRead
    rest = Buffer.concat([rest, part.subarray(0, bytesRead)])
    let start = 0
    for (
      let feed = rest.indexOf(LINE_FEED);
      feed !== -1 && lines.length < most;
      feed = rest.indexOf(LINE_FEED, start)
    ) {
      lines.push(rest.toString('utf8', start, feed))
      start = feed + 1
    }
    end += start
    rest = rest.subarray(start)
  }
  return { lines, end }
}
