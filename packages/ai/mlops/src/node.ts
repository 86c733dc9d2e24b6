export type { SqlDriver, SqlRow, SqlStatement, SqlValue } from './infrastructure/sqlite/driver.ts'
export { nodeSqliteDriver } from './infrastructure/sqlite/node-sqlite-driver.ts'
export { openMlopsStore, type MlopsStore, type MlopsStoreOptions } from './infrastructure/open-mlops-store.ts'
export type { RegistryStores } from './infrastructure/sqlite/registry/registry-stores.ts'
