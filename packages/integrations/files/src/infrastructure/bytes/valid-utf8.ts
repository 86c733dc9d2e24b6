import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'

import { errorAt } from '../../domain/place.ts'

const NEWLINE = 10

/**
 * The text of a source as UTF-8 without its byte order mark; UTF-16 with a byte order mark is converted. Each chunk ends at the
 * end of a character.
 * @param from - the 1-based line with which the chunks begin, where it is not the beginning of the text: no mark stands there
 * @throws FilesError `files/malformed` with the line of the first byte that is not UTF-8, or of the first NUL.
 */
export async function* validUtf8(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  from?: number,
): AsyncGenerator<Buffer, void, undefined> {
  let carry: Buffer = Buffer.alloc(0)
  let line = from ?? 1
  let started = from !== undefined
  for await (const chunk of started ? chunks : markDecoded(path, chunks)) {
    let bytes = carry.length === 0 ? bufferOf(chunk) : Buffer.concat([carry, chunk])
    if (!started) {
      if (bytes.length < 3) {
        carry = Buffer.from(bytes)
        continue
      }
      started = true
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3)
    }
    const end = bytes.length - openSequence(bytes)
    const whole = bytes.subarray(0, end)
    line += check(path, whole, line)
    carry = Buffer.from(bytes.subarray(end))
    if (end > 0) yield whole
  }
  if (carry.length > 0) {
    check(path, carry, line)
    yield carry
  }
}

async function* markDecoded(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let decoder: TextDecoder | undefined
  let first = true
  for await (const chunk of chunks) {
    if (first) {
      first = false
      const encoding = utf16Of(chunk)
      if (encoding !== undefined) decoder = new TextDecoder(encoding, { fatal: true })
    }
    yield decoder === undefined ? chunk : decodedUtf16(path, decoder, chunk)
  }
  if (decoder !== undefined) yield decodedUtf16(path, decoder)
}

function utf16Of(chunk: Uint8Array): string | undefined {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le'
  return chunk[0] === 0xfe && chunk[1] === 0xff ? 'utf-16be' : undefined
}

function decodedUtf16(path: string, decoder: TextDecoder, chunk?: Uint8Array): Uint8Array {
  try {
    return Buffer.from(chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true }))
  } catch (error) {
    throw errorAt('files/malformed', { path }, 'the text is not the UTF-16 that it begins as', {}, error)
  }
}

// The number of line breaks, once it is certain that the bytes are text.
function check(path: string, bytes: Buffer, firstLine: number): number {
  const nul = bytes.indexOf(0)
  if (nul !== -1) {
    const line = firstLine + newlinesIn(bytes.subarray(0, nul))
    throw errorAt(
      'files/malformed',
      { path, line },
      'there is a NUL byte, so this is no text; say its format, or export it as CSV',
    )
  }
  if (!isUtf8(bytes)) {
    let start = 0
    for (let line = firstLine; ; line++) {
      const found = bytes.indexOf(NEWLINE, start)
      const end = found === -1 ? bytes.length : found
      if (!isUtf8(bytes.subarray(start, end))) {
        throw errorAt('files/malformed', { path, line }, 'the text is not UTF-8; save the file as UTF-8')
      }
      start = end + 1
    }
  }
  return newlinesIn(bytes)
}

function newlinesIn(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count++
  return count
}

// The length of an unfinished character at the end: a lead byte (RFC 3629) that asks for more bytes than follow.
function openSequence(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return length > back ? back : 0
    }
  }
  return 0
}

function bufferOf(chunk: Uint8Array): Buffer {
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}
