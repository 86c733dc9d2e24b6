import { describe, expect, it } from 'vitest'

import { type Frame, framesOf } from './sse-frames.ts'

async function read(parts: ReadonlyArray<Uint8Array>): Promise<ReadonlyArray<Frame>> {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const part of parts) controller.enqueue(part)
      controller.close()
    },
  })
  const found: Frame[] = []
  for await (const frame of framesOf(body, () => undefined)) found.push(frame)
  return found
}

describe('server-sent events', () => {
  const text =
    'retry: 2000\n\n: heartbeat\n\nid: 7\nevent: result\ndata: {"a":1}\n\ndata:x\r\ndata: é\r\n\r\nid: 8\n\nevent: cut\ndata: off'
  const frames = [
    { id: '7', event: 'result', data: '{"a":1}' },
    { id: '7', event: 'message', data: 'x\né' },
  ]

  it('are read as the standard says: comments, frames without data and an unfinished last one are none', async () => {
    expect(await read([new TextEncoder().encode(text)])).toEqual(frames)
  })

  it('are the same wherever the bytes are parted', async () => {
    const bytes = new TextEncoder().encode(text)
    for (let at = 0; at <= bytes.length; at++) {
      expect(await read([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(frames)
    }
  })
})
