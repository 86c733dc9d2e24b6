/**
 * The numbers of one column of one row group, page by page straight into their place. The decoding is hyparquet's; its own
 * assembly of values that may be missing makes an array element by element, which took most of the time of a read.
 */
import type { DecodedArray, RowGroup, SchemaTree } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { parquetHeader } from 'hyparquet/src/column.js'
import { convert, convertWithDictionary, DEFAULT_PARSERS } from 'hyparquet/src/convert.js'
import { decompressPage, readDataPage, readDataPageV2 } from 'hyparquet/src/datapage.js'
import { readPlain } from 'hyparquet/src/plain.js'
import { getTreePath } from 'hyparquet/src/schema.js'

import { TEXT_PARSERS } from './iso-text.ts'
import { fillNumbers, type ParquetColumn } from './parquet-column.ts'
import type { RandomAccess } from './random-access.ts'

type PageHeader = ReturnType<typeof parquetHeader>
type ColumnDecoder = Parameters<typeof convert>[1]

/** The file that a chunk stands in. */
export interface ChunkSource {
  readonly path: string
  readonly file: RandomAccess
  readonly schema: SchemaTree
}

/** A page of values, those that are missing left out. */
interface Page {
  readonly values: DecodedArray
  /** 0 where a value is missing; empty where none is. */
  readonly levels: ReadonlyArray<number>
  /** Values, missing ones included. */
  readonly rows: number
}

/** Whether a group's column can be read here: it stands in the file itself, and not encrypted. */
export function hasPlainChunk(group: RowGroup, column: ParquetColumn): boolean {
  const chunk = chunkOf(group, column)
  return chunk?.meta_data !== undefined && chunk.file_path === undefined && chunk.crypto_metadata === undefined
}

/**
 * @param firstRow - of the file, where the group begins
 * @throws Error where the file is damaged, FilesError `files/unsafe-integer`
 */
export async function readNumberChunk(
  { path, file, schema }: ChunkSource,
  column: ParquetColumn,
  group: RowGroup,
  firstRow: number,
): Promise<Float64Array> {
  const meta = chunkOf(group, column)?.meta_data
  if (meta === undefined) throw new Error(`column ${column.name} has no data`)
  const { type, codec } = meta
  const from = Number(meta.dictionary_page_offset || meta.data_page_offset) // some writers say 0 where there is none
  const bytes = await file.slice(from, from + Number(meta.total_compressed_size))
  const parsers = { ...DEFAULT_PARSERS, ...TEXT_PARSERS }
  const schemaPath = getTreePath(schema, meta.path_in_schema)
  const { element } = column
  const decoder: ColumnDecoder = {
    pathInSchema: meta.path_in_schema,
    type,
    element,
    schemaPath,
    codec,
    parsers,
    compressors,
  }
  const reader = { view: new DataView(bytes), offset: 0 }
  const numbers = new Float64Array(Number(group.num_rows))
  let dictionary: DecodedArray | undefined
  let at = 0
  while (at < numbers.length) {
    const header = parquetHeader(reader)
    const page = new Uint8Array(bytes, reader.offset, header.compressed_page_size)
    reader.offset += header.compressed_page_size
    if (header.type === 'DICTIONARY_PAGE') {
      dictionary = dictionaryOf(page, header, decoder)
      continue
    }
    const { values, levels, rows } = pageOf(page, header, decoder, dictionary)
    if (rows > numbers.length - at) throw new Error(`column ${column.name} has more values than the row group has rows`)
    fillNumbers(path, column, { values, levels, firstRow: firstRow + at }, numbers.subarray(at, at + rows))
    at += rows
  }
  return numbers
}

function chunkOf({ columns }: RowGroup, { name }: ParquetColumn): RowGroup['columns'][number] | undefined {
  return columns.find(({ meta_data: meta }) => meta?.path_in_schema.length === 1 && meta.path_in_schema[0] === name)
}

function dictionaryOf(bytes: Uint8Array, header: PageHeader, decoder: ColumnDecoder): DecodedArray {
  const { codec, type, element } = decoder
  const page = decompressPage(bytes, header.uncompressed_page_size, codec, decoder.compressors)
  const reader = { view: new DataView(page.buffer, page.byteOffset, page.byteLength), offset: 0 }
  return convert(readPlain(reader, type, header.dictionary_page_header?.num_values ?? 0, element.type_length), decoder)
}

function pageOf(
  bytes: Uint8Array,
  header: PageHeader,
  decoder: ColumnDecoder,
  dictionary: DecodedArray | undefined,
): Page {
  const { data_page_header: first, data_page_header_v2: second } = header
  if (first !== undefined) {
    const page = decompressPage(bytes, header.uncompressed_page_size, decoder.codec, decoder.compressors)
    const { dataPage, definitionLevels = [] } = readDataPage(page, first, decoder)
    const values = convertWithDictionary(dataPage, dictionary, first.encoding, decoder)
    return { values, levels: definitionLevels, rows: first.num_values }
  }
  if (second === undefined) throw new Error(`a page of type ${header.type} stands among the data`)
  const { dataPage, definitionLevels = [] } = readDataPageV2(bytes, header, decoder)
  const values = convertWithDictionary(dataPage, dictionary, second.encoding, decoder)
  return { values, levels: definitionLevels, rows: second.num_values }
}
