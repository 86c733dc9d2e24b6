/** Words as a line that a POSIX shell splits into the same words. */
export function commandLine(words: ReadonlyArray<string>): string {
  return words.map(quoted).join(' ')
}

function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word
  return `'${word.replaceAll("'", String.raw`'\''`)}'`
}
