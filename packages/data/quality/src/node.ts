export { type DuckdbOptions, openDuckdb, type OpenDuckdb } from './infrastructure/duckdb/open-duckdb.ts'
export type { FileFormat } from './infrastructure/duckdb/file-source.ts'
