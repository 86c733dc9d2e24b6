const NOT_PLAIN = ['"', '[', ']', '{', '}']

/**
 * The numbers of lines that hold nothing but decimal numbers and commas, read by the JSON parser: their notation is a part of
 * ours, and rounded alike, and rows and numbers in one go take two thirds of the time.
 * @param text - whole lines, each with its line feed
 * @param width - how many numbers every line must hold
 * @returns undefined where any line has anything else in it: then it is for the CSV parser
 */
export function numberLines(text: string, width: number): ReadonlyArray<ReadonlyArray<number>> | undefined {
  if (NOT_PLAIN.some((mark) => text.includes(mark))) return undefined
  let lines: unknown
  try {
    lines = JSON.parse(`[[${text.slice(0, -1).replaceAll('\n', '],[')}]]`)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
  return Array.isArray(lines) && lines.every((line) => isNumbers(line, width)) ? lines : undefined
}

function isNumbers(line: unknown, width: number): line is ReadonlyArray<number> {
  if (!Array.isArray(line) || line.length !== width) return false
  for (let at = 0; at < width; at++) if (typeof line[at] !== 'number') return false
  return true
}
