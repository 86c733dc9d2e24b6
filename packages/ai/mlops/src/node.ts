export type { SqlDriver, SqlRow, SqlStatement, SqlValue } from './infrastructure/sqlite/driver.ts'
export { nodeSqliteDriver } from './infrastructure/sqlite/node-sqlite-driver.ts'
export { openMlopsStore, type MlopsStore, type MlopsStoreOptions } from './infrastructure/open-mlops-store.ts'
export type { RegistryStores, WebhookOptions } from './infrastructure/sqlite/registry/registry-stores.ts'
export { createHttpWebhookSender } from './infrastructure/webhooks/http-webhook-sender.ts'
export { createSecretBox, type SecretBox } from './infrastructure/webhooks/secret-box.ts'
export { checkWebhookAddress, type WebhookPolicy } from './infrastructure/webhooks/webhook-policy.ts'
export { codeVersionObserver, type CodeVersionOptions } from './infrastructure/environment/code-version.ts'
export { packageVersionsObserver } from './infrastructure/environment/package-versions.ts'
export { systemMetricsObserver, type SystemMetricsOptions } from './infrastructure/environment/system-metrics.ts'
export type { MonitoringStores } from './infrastructure/sqlite/monitoring/monitoring-stores.ts'
export type { PipelineStores } from './infrastructure/sqlite/pipelines/pipeline-stores.ts'
export type { DeploymentStores } from './infrastructure/sqlite/deployment/deployment-stores.ts'
export {
  betterSqliteDriver,
  type BetterSqliteDatabase,
  type BetterSqliteStatement,
} from './infrastructure/sqlite/better-sqlite-driver.ts'
