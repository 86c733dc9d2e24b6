import type { SampleBatch, SampleFormat, SamplePosition } from '../../application/ports/sample-source.ts'
import { SampleLines } from './sample-lines.ts'

/** How a byte stream is read. */
export interface ReadSamplesOptions {
  /** Default `jsonl`. */
  readonly format?: SampleFormat | undefined
  /** What was read before; the source goes on there. */
  readonly from?: SamplePosition | undefined
}

/** Reads a byte stream into samples: a Node stream, the body of a response. One batch a chunk, none ahead. */
export async function* readSamples(
  source: AsyncIterable<Uint8Array | string>,
  { format = 'jsonl', from }: ReadSamplesOptions = {},
): AsyncGenerator<SampleBatch, void, undefined> {
  const lines = new SampleLines(format, from)
  const encoder = new TextEncoder()
  for await (const chunk of source) yield lines.take(typeof chunk === 'string' ? encoder.encode(chunk) : chunk)
  yield lines.end()
}
