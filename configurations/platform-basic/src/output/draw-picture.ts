import { styleText } from 'node:util'

import type { OutputStream } from '../io.ts'
import { openStream } from './sinks.ts'

/**
 * Writes a picture as wide as the terminal; what is marked is red, unless colours are unwanted (NO_COLOR).
 * @throws NomalyError `nomaly/output-closed`
 */
export async function drawPicture(
  picture: (width: number, mark: (text: string) => string) => ReadonlyArray<string>,
  stdout: OutputStream,
): Promise<void> {
  const lines = picture(stdout.columns ?? 80, (text) => styleText('red', text))
  const sink = openStream(stdout)
  await sink.write(`${lines.join('\n')}\n`)
  await sink.close()
}
