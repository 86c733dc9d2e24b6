export type { FileTablesOptions } from './application/file-tables-options.ts'
export { FilesError } from './domain/errors.ts'
export type { FilesErrorCode } from './domain/errors.ts'
export type {
  ColumnKind,
  FileTables,
  Table,
  TableBatch,
  TableColumn,
  TableColumnHeader,
  TableFormat,
  TableSource,
} from './domain/table.ts'
export { createFileTables } from './infrastructure/file-tables.ts'
export type { DatasetStore, DatasetUpload } from './application/ports/dataset-store.ts'
export type { DatasetInfo } from './domain/datasets/dataset-info.ts'
export { openFolderDatasetStore, readFolderDatasets } from './infrastructure/datasets/folder-dataset-store.ts'
export type { FolderDatasetStoreDeps } from './infrastructure/datasets/folder-dataset-store.ts'
export { writeParquet } from './infrastructure/parquet/write-parquet.ts'
export type { ParquetColumnHeader, ParquetRows } from './infrastructure/parquet/write-parquet.ts'
