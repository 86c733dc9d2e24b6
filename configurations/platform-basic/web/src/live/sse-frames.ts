/** A server-sent event. */
export interface Frame {
  /** The last id that was told; empty before the first. */
  readonly id: string
  readonly event: string
  readonly data: string
}

/**
 * Reads server-sent events. A browser's own `EventSource` cannot tell a refusal from a break, and says neither why nor for how long.
 * Source: the HTML standard, section 9.2.6.
 * @param onBytes - told of whatever comes, comments included: the connection lives
 */
export async function* framesOf(body: ReadableStream<Uint8Array>, onBytes: () => void): AsyncGenerator<Frame, void> {
  let [id, event, rest] = ['', '', '']
  let data: string[] = []
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader() // of bytes, as the DOM's type does not say
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      onBytes()
      const lines = (rest + value).split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) yield { id, event: event || 'message', data: data.join('\n') }
          data = []
          event = ''
          continue
        }
        const [, field, text = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? []
        if (field === 'id' && !text.includes('\0')) id = text
        else if (field === 'event') event = text
        else if (field === 'data') data.push(text)
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined) // it may have broken
  }
}
