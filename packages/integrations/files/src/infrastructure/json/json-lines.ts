import { errorAt } from '../../domain/place.ts'
import type { Headed } from '../bytes/head.ts'
import { lineBlocks } from '../bytes/line-blocks.ts'
import { validUtf8 } from '../bytes/valid-utf8.ts'
import type { ValueBlock } from './record-source.ts'

/** One JSON value a line; blank lines are skipped. @throws FilesError `files/malformed` with the line. */
export async function* jsonLines(path: string, { chunks }: Headed): AsyncGenerator<ValueBlock, void, undefined> {
  let line = 0
  for await (const text of lineBlocks(path, validUtf8(path, chunks), 10)) {
    const values: Array<unknown> = []
    const numbers: Array<number> = []
    for (let start = 0; start < text.length;) {
      const end = text.indexOf('\n', start)
      line++
      const content = text.slice(start, end).trim()
      start = end + 1
      if (content === '') continue
      values.push(parsedLine(path, content, line))
      numbers.push(line)
    }
    yield { values, numbers }
  }
}

function parsedLine(path: string, content: string, line: number): unknown {
  try {
    return JSON.parse(content)
  } catch (error) {
    // The engine's message quotes the text, which is the user's data; the place says enough.
    const problem = 'the line is not one complete JSON value; correct it, or say the format "json" for a whole document'
    throw errorAt('files/malformed', { path, line }, problem, {}, error)
  }
}
