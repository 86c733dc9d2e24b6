import { createReadStream } from 'node:fs'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'

import { QualityError } from '../../domain/errors.ts'

/**
 * Reads a gzip file to its end, because DuckDB takes a file that was cut off for a shorter one.
 * @throws QualityError `quality/unreadable-data` when it is cut off or damaged
 */
export async function assertWholeGzip(path: string): Promise<void> {
  const nowhere = new Writable({
    write: (_chunk, _encoding, done) => {
      done()
    },
  })
  try {
    await pipeline(createReadStream(path), createGunzip(), nowhere)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new QualityError(
      'quality/unreadable-data',
      `${path}: the gzip file is cut off or damaged (${reason})`,
      { path },
      error,
    )
  }
}
