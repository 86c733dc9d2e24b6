/** One column of some rows of a Parquet file: what a thread reads. */
import type { TableColumn } from '../../domain/table.ts'
import { openParquet, readColumn } from './open-parquet.ts'
import { openRandomAccess } from './random-access.ts'

/** What all parts of a file have in common. */
export interface ParquetForm {
  readonly path: string
  readonly wanted: ReadonlyArray<string> | undefined
}

/** Which part to read: the column by its place among the wanted ones, rows from 0. */
export interface ParquetJob {
  readonly column: number
  readonly rowStart: number
  readonly rowEnd: number
}

/** A part that was read. */
export interface ParquetPart {
  readonly kind: 'column'
  readonly column: TableColumn
}

/** Opens the file for reading parts of it; a part with a fault rejects. */
export async function openParquetParts({
  path,
  wanted,
}: ParquetForm): Promise<(job: ParquetJob) => Promise<ParquetPart>> {
  const opened = await openParquet(path, wanted, await openRandomAccess(path, undefined))
  return async ({ column: place, rowStart, rowEnd }) => {
    const column = opened.columns[place]
    if (column === undefined) throw new RangeError(`there is no column ${place}`)
    return { kind: 'column', column: await readColumn(opened, column, rowStart, rowEnd) }
  }
}
