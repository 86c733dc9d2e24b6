import type { OutputStream } from '../io.ts'
import { openFile, openStream } from './sinks.ts'

/**
 * Writes a text: to the file, whole or not at all, or to the stream.
 * @throws NomalyError `nomaly/output-closed`, `nomaly/unwritable-output`
 */
export async function printText(text: string, file: string | undefined, stdout: OutputStream): Promise<void> {
  const sink = file === undefined ? openStream(stdout) : await openFile(file)
  try {
    await sink.write(text)
    await sink.close()
  } catch (error) {
    await sink.abandon()
    throw error
  }
}
