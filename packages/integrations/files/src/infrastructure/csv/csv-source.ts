import { isNumberText } from '../../domain/cell.ts'
import { checkNames } from '../../domain/column-selection.ts'
import { errorAt } from '../../domain/place.ts'
import type { RowBlock, RowSource } from '../../domain/row-source.ts'
import type { Headed } from '../bytes/head.ts'
import { lineBlocks } from '../bytes/line-blocks.ts'
import { validUtf8 } from '../bytes/valid-utf8.ts'
import { csvDialect } from './csv-dialect.ts'
import { CsvRows } from './csv-rows.ts'

/** What is told, rather than found, about a file's form. */
export interface CsvForm {
  readonly delimiter: string | undefined
  readonly header: boolean | 'auto'
}

/** The rows of CSV text under the names of its header. @throws FilesError `files/empty` and what rows and names throw. */
export async function csvSource(path: string, { head, chunks }: Headed, form: CsvForm): Promise<RowSource> {
  const dialect = csvDialect(head, form.delimiter)
  const texts = lineBlocks(path, validUtf8(path, chunks), dialect.newline === '\n' ? 10 : 13)
  const blocks = rowBlocks(new CsvRows(path, dialect), texts)
  for (let next = await blocks.next(); next.done !== true; next = await blocks.next()) {
    const first = next.value.rows[0]
    if (first === undefined) continue
    const cells = first.map(String)
    const named = form.header === 'auto' ? !cells.every(isNumberText) : form.header
    const names = named ? cells.map((name) => name.trim()) : cells.map((_, index) => `column_${index + 1}`)
    checkNames(path, names, next.value.numbers[0])
    return { names, numbering: 'line', blocks: continued(named ? withoutFirst(next.value) : next.value, blocks) }
  }
  throw errorAt('files/empty', { path }, 'it is empty')
}

async function* rowBlocks(splitter: CsvRows, texts: AsyncIterable<string>): AsyncGenerator<RowBlock, void, undefined> {
  for await (const text of texts) yield splitter.push(text)
  splitter.end()
}

async function* continued(first: RowBlock, rest: AsyncIterable<RowBlock>): AsyncGenerator<RowBlock, void, undefined> {
  yield first
  yield* rest
}

function withoutFirst({ rows, numbers }: RowBlock): RowBlock {
  return { rows: rows.slice(1), numbers: numbers.slice(1) }
}
