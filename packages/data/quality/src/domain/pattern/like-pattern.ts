/** A LIKE pattern as a regular expression: `%` is any run of characters, `_` any one, a backslash takes the next as it is. */
export function likePattern(like: string): string {
  const chars = Array.from(like)
  let pattern = '^'
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i] ?? ''
    if (char === '%') pattern += '[\\x{0}-\\x{10FFFF}]*'
    else if (char === '_') pattern += '[\\x{0}-\\x{10FFFF}]'
    else pattern += literalPattern(char === '\\' && i + 1 < chars.length ? (chars[++i] ?? '') : char)
  }
  return `${pattern}$`
}

/** A pattern that matches just this text. */
export function literalPattern(text: string): string {
  return Array.from(text)
    .map((char) => (/[A-Za-z0-9_ ]/.test(char) ? char : `\\x{${(char.codePointAt(0) ?? 0).toString(16)}}`))
    .join('')
}
