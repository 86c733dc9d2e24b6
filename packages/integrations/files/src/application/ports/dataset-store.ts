import type { DatasetInfo } from '../../domain/datasets/dataset-info.ts'
import type { Table, TableFormat } from '../../domain/table.ts'

/** A data set on its way in. */
export interface DatasetUpload {
  /** The name of the file, or any other, `-` for the standard input; its ending tells the format, or else the first bytes, where `format` does not. */
  readonly name: string
  readonly format?: TableFormat | undefined
  readonly content: AsyncIterable<Uint8Array>
  readonly signal?: AbortSignal | undefined
}

/**
 * Keeps tables as the files they came as. A data set is there whole or not at all: it is read to its end before it is
 * listed, and what a crash left half done is cleared away at the next start. Several calls may run at once.
 */
export interface DatasetStore {
  /**
   * Resolves once the data set is on disk for good.
   * @throws FilesError `files/too-large`, `files/storage-failed`, `files/cancelled`, `files/unreadable` where the content
   *   breaks off, and what reading the table throws; nothing is kept then
   */
  readonly add: (upload: DatasetUpload) => Promise<DatasetInfo>
  /** All of them, the newest first. */
  readonly list: () => Promise<ReadonlyArray<DatasetInfo>>
  /** @throws FilesError `files/unknown-dataset` */
  readonly get: (id: string) => Promise<DatasetInfo>
  /** The path of its file, for who reads it by other means. @throws FilesError `files/unknown-dataset` */
  readonly pathOf: (id: string) => Promise<string>
  /** @throws FilesError `files/unknown-dataset`, and as `FileTables.open` */
  readonly open: (id: string, columns?: ReadonlyArray<string>, signal?: AbortSignal) => Promise<Table>
  /** @throws FilesError `files/unknown-dataset` */
  readonly remove: (id: string) => Promise<void>
}
