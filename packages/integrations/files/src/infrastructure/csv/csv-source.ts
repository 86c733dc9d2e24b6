import type { BatchLayout } from '../../domain/batch-layout.ts'
import { isNumberText } from '../../domain/cell.ts'
import { checkNames } from '../../domain/column-selection.ts'
import { errorAt } from '../../domain/place.ts'
import type { RowBlock, RowSource } from '../../domain/row-source.ts'
import type { TableBatch } from '../../domain/table.ts'
import type { Headed } from '../bytes/head.ts'
import { lineBlocks } from '../bytes/line-blocks.ts'
import { validUtf8 } from '../bytes/valid-utf8.ts'
import { csvDialect } from './csv-dialect.ts'
import type { CsvPlace } from './csv-place.ts'
import { CsvRows } from './csv-rows.ts'

/** What is told, rather than found, about a file's form. */
export interface CsvForm {
  readonly delimiter: string | undefined
  readonly header: boolean | 'auto'
}

/** How several threads may read on where the first one stopped. */
export type ReadOn = (from: CsvPlace, layout: BatchLayout) => AsyncIterable<TableBatch> | undefined

/**
 * The rows of CSV text under the names of its header.
 * @param readOn - where the text is a file's own bytes
 * @throws FilesError `files/empty` and what rows and names throw.
 */
export async function csvSource(
  path: string,
  { head, chunks }: Headed,
  form: CsvForm,
  readOn?: ReadOn,
): Promise<RowSource> {
  const dialect = csvDialect(head, form.delimiter)
  const texts = lineBlocks(path, validUtf8(path, chunks), dialect.newline === '\n' ? 10 : 13)
  const rows = new CsvRows(path, dialect)
  let offset = head[0] === 0xef ? 3 : 0 // of valid UTF-8, only the byte order mark stands before the first name
  const blocks = rowBlocks(rows, texts, (text) => (offset += Buffer.byteLength(text)))
  const rest = (layout: BatchLayout): AsyncIterable<TableBatch> | undefined => {
    const { line, width, isBetweenRows } = rows
    const canSplit = readOn !== undefined && isBetweenRows && dialect.newline === '\n' && !isUtf16(head)
    return canSplit && width !== undefined ? readOn({ path, dialect, offset, line, width }, layout) : undefined
  }
  for (let next = await blocks.next(); next.done !== true; next = await blocks.next()) {
    const first = next.value.rows[0]
    if (first === undefined) continue
    const cells = first.map(String)
    const named = form.header === 'auto' ? !cells.every(isNumberText) : form.header
    const names = named ? cells.map((name) => name.trim()) : cells.map((_, index) => `column_${index + 1}`)
    checkNames(path, names, next.value.numbers[0])
    return { names, numbering: 'line', blocks: continued(named ? withoutFirst(next.value) : next.value, blocks), rest }
  }
  throw errorAt('files/empty', { path }, 'it is empty')
}

async function* rowBlocks(
  splitter: CsvRows,
  texts: AsyncIterable<string>,
  taken: (text: string) => void,
): AsyncGenerator<RowBlock, void, undefined> {
  for await (const text of texts) {
    taken(text)
    yield splitter.push(text)
  }
  splitter.end()
}

function isUtf16(head: Uint8Array): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
}

async function* continued(first: RowBlock, rest: AsyncIterable<RowBlock>): AsyncGenerator<RowBlock, void, undefined> {
  yield first
  yield* rest
}

function withoutFirst({ rows, numbers }: RowBlock): RowBlock {
  return { rows: rows.slice(1), numbers: numbers.slice(1) }
}
