import { openFile } from './sinks.ts'

/**
 * Writes a file, whole or not at all.
 * @throws NomalyError `nomaly/unwritable-output`
 */
export async function saveFile(path: string, content: Uint8Array): Promise<void> {
  const sink = await openFile(path)
  try {
    await sink.write(content)
    await sink.close()
  } catch (error) {
    await sink.abandon()
    throw error
  }
}
