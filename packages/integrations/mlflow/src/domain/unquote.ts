/** Percent-decoding that leaves what is malformed as it is, as Python's `unquote`. */
function unquoteOnce(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => {
    const bytes = Uint8Array.from(run.split('%').slice(1), (digits) => Number.parseInt(digits, 16))
    return new TextDecoder().decode(bytes)
  })
}

/** Decoded again and again until nothing changes: `%252e%252e` is `..` to whoever decodes twice. */
export function unquote(text: string): string {
  let decoded = text
  for (;;) {
    const next = unquoteOnce(decoded)
    if (next === decoded) return decoded
    decoded = next
  }
}
