import type { Table, TableBatch, TableReader } from '../application/ports/table-reader.ts'
import { type Case, expectEqual } from './case.ts'

/** A reader and a place where it can open what a test writes. */
export interface TableReaderHarness {
  readonly reader: TableReader
  /** Writes CSV text and answers the path under which the reader opens it. */
  readonly write: (csv: string) => Promise<string>
  /** Whether anything that `write` answered is still held open; always false where that cannot be told. */
  readonly isOpen: (path: string) => Promise<boolean>
}

const ROWS = 200_000 // enough that no reader hands all of it out in one batch

/** What every `TableReader` must keep. @param make - a reader that has opened nothing yet */
export function tableReaderContract(it: Case, make: () => Promise<TableReaderHarness>): void {
  it('hands out numbers bit for bit, and texts as they are', async () => {
    const { reader, write } = await make()
    const path = await write('x,name\n0.1,a\n-0,"b, c"\n5e-324,d\n1.7976931348623157e308,é\n')
    const table = await reader.open({ path })
    expectEqual(table.columns, [
      { name: 'x', kind: 'number' },
      { name: 'name', kind: 'text' },
    ])
    const [x, name] = await columnsOf(table)
    expectEqual(x?.map(textOf), ['0.1', '-0', '5e-324', '1.7976931348623157e+308'])
    expectEqual(name, ['a', 'b, c', 'd', 'é'])
  })

  it('marks a missing value with NaN in a number column and null in a text column', async () => {
    const { reader, write } = await make()
    const [x, name] = await columnsOf(await reader.open({ path: await write('x,name\n1,a\n,\n3,c\n') }))
    expectEqual(x?.map(textOf), ['1', 'NaN', '3'])
    expectEqual(name, ['a', null, 'c'])
  })

  it('keeps every row, in order, and the columns alike in every batch', async () => {
    const { reader, write } = await make()
    const table = await reader.open({ path: await write(manyRows()) })
    let next = 0
    let batches = 0
    for await (const batch of table.batches) {
      batches++
      expectEqual(headersOf(batch), table.columns)
      for (const column of batch.columns) expectEqual(column.values.length, batch.rows)
      const [first] = batch.columns
      for (let row = 0; row < batch.rows; row++, next++) {
        if (first?.values[row] !== next) expectEqual([next, first?.values[row]], [next, next])
      }
    }
    expectEqual(next, ROWS)
    expectEqual(batches > 1, true)
  })

  it('tells the line where a row begins, behind quoted line breaks and empty lines too', async () => {
    const { reader, write } = await make()
    const table = await reader.open({ path: await write('x,name\n1,"a\nb"\n\n2,c\n3,d\n') })
    const lines: Array<number | undefined> = []
    for await (const batch of table.batches) {
      for (let row = 0; row < batch.rows; row++) lines.push(batch.lineOf?.(row))
    }
    if (lines[0] !== undefined) expectEqual(lines, [2, 5, 6])
  })

  it('hands out the wanted columns, and does not stumble over what stands in others', async () => {
    const { reader, write } = await make()
    const path = await write('x,odd,y\n1,2,3\n4,5,6\n7,not a number,9\n')
    const table = await reader.open({ path, columns: ['y', 'x'] })
    const found = new Map<string, ReadonlyArray<unknown>>()
    for await (const { columns } of table.batches) for (const { name, values } of columns) found.set(name, [...values])
    expectEqual(
      [found.get('x'), found.get('y')],
      [
        [1, 4, 7],
        [3, 6, 9],
      ],
    )
  })

  it('rejects what it cannot find, and a column that is not there, naming both', async () => {
    const { reader, write } = await make()
    const path = await write('x\n1\n')
    expectEqual((await messageOf(reader.open({ path: `${path}.absent.csv` }))).includes('.absent.csv'), true)
    expectEqual((await messageOf(drain(reader, { path, columns: ['price'] }))).includes('price'), true)
  })

  it('rejects a fault with the line where it stands', async () => {
    const { reader, write } = await make()
    const rows = Array.from({ length: 5000 }, (_, row) => `${row},${row}`).join('\n')
    const bad = await messageOf(drain(reader, { path: await write(`x,y\n${rows}\n1,two\n`) }))
    expectEqual([bad.includes('5002'), bad.includes('y')], [true, true])
    const ragged = await messageOf(drain(reader, { path: await write(`x,y\n${rows}\n1\n`) }))
    expectEqual(ragged.includes('5002'), true)
  })

  it('rejects a source without rows', async () => {
    const { reader, write } = await make()
    for (const text of ['', 'x,y\n'])
      expectEqual((await messageOf(drain(reader, { path: await write(text) }))) !== '', true)
  })

  it('lets several readings go on at once', async () => {
    const { reader, write } = await make()
    const path = await write(manyRows())
    const counts = await Promise.all([1, 2, 3].map(() => drain(reader, { path })))
    expectEqual(counts, [ROWS, ROWS, ROWS])
  })

  it('closes the source when the loop is left early', async () => {
    const { reader, write, isOpen } = await make()
    const path = await write(manyRows())
    for await (const batch of (await reader.open({ path })).batches) if (batch.rows > 0) break
    expectEqual(await isOpen(path), false)
  })

  it('stops and closes the source once the signal is aborted', async () => {
    const { reader, write, isOpen } = await make()
    const path = await write(manyRows())
    const before = new AbortController()
    before.abort()
    expectEqual((await messageOf(drain(reader, { path, signal: before.signal }))) !== '', true)
    const during = new AbortController()
    const table = await reader.open({ path, signal: during.signal })
    let rows = 0
    const reading = async (): Promise<void> => {
      for await (const batch of table.batches) {
        rows += batch.rows
        during.abort()
      }
    }
    expectEqual((await messageOf(reading())) !== '', true)
    expectEqual([rows > 0, rows < ROWS, await isOpen(path)], [true, true, false])
  })
}

function manyRows(): string {
  return `n,half\n${Array.from({ length: ROWS }, (_, row) => `${row},${row / 2}`).join('\n')}\n`
}

async function drain(reader: TableReader, source: Parameters<TableReader['open']>[0]): Promise<number> {
  let rows = 0
  for await (const batch of (await reader.open(source)).batches) rows += batch.rows
  return rows
}

async function columnsOf(table: Table): Promise<ReadonlyArray<ReadonlyArray<unknown>>> {
  const columns: Array<Array<unknown>> = table.columns.map(() => [])
  for await (const batch of table.batches) {
    for (const [index, { values }] of batch.columns.entries()) columns[index]?.push(...values)
  }
  return columns
}

function headersOf({ columns }: TableBatch): ReadonlyArray<{ readonly name: string; readonly kind: string }> {
  return columns.map(({ name, kind }) => ({ name, kind }))
}

// The message of a rejection; empty when there is none.
function messageOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => '',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
}

// JSON has no word for -0 and NaN.
function textOf(value: unknown): string {
  return Object.is(value, -0) ? '-0' : String(value)
}
