import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

import { FilesError } from '../../domain/errors.ts'
import { errorAt } from '../../domain/place.ts'

/** The uncompressed bytes, as they come. @throws FilesError `files/malformed` when the data is damaged or cut off. */
export async function* gunzip(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  // The callback has nothing to do: pipeline destroys both streams, and the loop below receives the error.
  const stream = pipeline(
    Readable.from(copies(chunks), { objectMode: true }),
    createGunzip({ chunkSize: 131_072 }),
    () => undefined,
  )
  try {
    for await (const chunk of stream) {
      if (chunk instanceof Uint8Array) yield chunk
    }
  } catch (error) {
    if (FilesError.is(error)) throw error
    const reason = 'the gzip data is damaged or cut off; compress or download the file again'
    throw errorAt('files/malformed', { path }, reason, {}, error)
  }
}

// The stream asks for chunks before it has used up the one it has.
async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) yield Buffer.from(chunk)
}
