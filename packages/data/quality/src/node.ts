export { type DuckdbOptions, openDuckdb, type OpenDuckdb } from './infrastructure/duckdb/open-duckdb.ts'
export type { FileFormat } from './infrastructure/duckdb/file-source.ts'
export { openPostgres, type OpenPostgres, type PostgresOptions } from './infrastructure/postgres/open-postgres.ts'
export { parseSuite, type SuiteTextOptions } from './infrastructure/suites/parse-suite.ts'
