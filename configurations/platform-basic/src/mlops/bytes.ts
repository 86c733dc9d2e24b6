import { createReadStream } from 'node:fs'

import { NomalyError } from '../failure/nomaly-error.ts'
import type { NomalyIo } from '../io.ts'
import { openFile, openStream } from '../output/sinks.ts'

/** A file in parts; `-` is the standard input. @throws NomalyError `nomaly/unreadable-input` */
export async function* readBytes(path: string, stdin: NomalyIo['stdin']): AsyncGenerator<Uint8Array> {
  if (path === '-') {
    for await (const part of stdin) yield typeof part === 'string' ? new TextEncoder().encode(part) : part
    return
  }
  try {
    for await (const part of createReadStream(path)) yield part as Uint8Array // a stream without an encoding gives bytes
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new NomalyError('nomaly/unreadable-input', `${path} cannot be read: ${reason}`, { path }, cause)
  }
}

/** Writes bytes to a file, whole or not at all; without a path to the standard output. */
export async function writeBytes(
  path: string | undefined,
  content: AsyncIterable<Uint8Array>,
  stdout: NomalyIo['stdout'],
): Promise<void> {
  const sink = path === undefined ? openStream(stdout) : await openFile(path)
  try {
    for await (const part of content) await sink.write(part)
    await sink.close()
  } catch (error) {
    await sink.abandon()
    throw error
  }
}
