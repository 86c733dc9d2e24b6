export type { SqlDriver, SqlRow, SqlStatement, SqlValue } from './infrastructure/sqlite/driver.ts'
export { nodeSqliteDriver } from './infrastructure/sqlite/node-sqlite-driver.ts'
