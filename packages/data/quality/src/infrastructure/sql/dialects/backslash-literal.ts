/** A literal for engines in which a backslash escapes and line breaks must. */
export function backslashLiteral(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\r', '\\r')
  return `'${escaped.replaceAll('\0', '\\0')}'`
}
