export { profileTable, type ProfileDeps } from './application/profile-table.ts'
export type { ProfileRefinement } from './application/profile-refinement.ts'
export type { ProfileOptions } from './application/profile-options.ts'
export type {
  ColumnQuestions,
  ColumnTotals,
  ProfileEngine,
  TableQuestions,
  TableTotals,
  ValueCounts,
} from './application/ports/profile-engine.ts'
export type { Alert, AlertKind } from './domain/alert.ts'
export type { Cell, ColumnKind, TableColumn, TableSample } from './domain/cell.ts'
export type {
  ColumnProfile,
  ColumnType,
  DateStatistics,
  Estimate,
  Histogram,
  JsonValue,
  NumberStatistics,
  SemanticType,
  TextStatistics,
} from './domain/column-profile.ts'
export { ProfilingError, type ProfilingErrorCode } from './domain/errors.ts'
export type { CorrelationTable, FunctionalDependency, KeyCandidate, Profile } from './domain/profile.ts'
export type {
  ColumnSketch,
  DistributionCell,
  DistributionSketch,
  ValueSketch,
} from './domain/sketches/column-sketch.ts'
export { memoryEngine } from './infrastructure/memory/memory-engine.ts'
export type { MemoryColumn, MemoryTable } from './infrastructure/memory/memory-column.ts'
export { recordsTable } from './infrastructure/memory/records-table.ts'
export { bigquery } from './infrastructure/sql/dialects/bigquery.ts'
export { clickhouse } from './infrastructure/sql/dialects/clickhouse.ts'
export { duckdbDialect } from './infrastructure/sql/dialects/duckdb.ts'
export { postgres } from './infrastructure/sql/dialects/postgres.ts'
export { snowflake } from './infrastructure/sql/dialects/snowflake.ts'
export { spark } from './infrastructure/sql/dialects/spark.ts'
export { trino } from './infrastructure/sql/dialects/trino.ts'
export type { RunQuery, SqlRow } from './infrastructure/sql/run-query.ts'
export type { SqlDialect } from './infrastructure/sql/sql-dialect.ts'
export { sqlEngine, type SqlTable } from './infrastructure/sql/sql-engine.ts'
export { foreignKeyCandidates, type ForeignKeyCandidate, type RelatedTable } from './application/foreign-keys.ts'
export { mergeProfiles, type MergeOptions } from './domain/merge-profiles.ts'
export { parseProfile, profileJsonSchema } from './application/profile-document.ts'
export { profileGenerated, type ProfileGenerated } from './application/profile-event.ts'
export { STANDARD_REFINEMENTS } from './application/standard-refinements.ts'
export { ALERT_THRESHOLDS, type AlertThresholds } from './domain/alerts/alert-thresholds.ts'
export { compareProfiles, type CompareOptions } from './domain/comparison/compare-profiles.ts'
export type {
  ColumnDrift,
  DriftTest,
  ProfileComparison,
  SchemaDifference,
} from './domain/comparison/profile-comparison.ts'
export { maskedProfile } from './domain/meaning/masked-profile.ts'
export type { Interaction, TimeSeries } from './domain/profile.ts'
export { batchedTable, type ColumnBatch } from './infrastructure/memory/batched-table.ts'
export { profileReport } from './presentation/report/profile-report.ts'
export { arrowTable, type ArrowTableLike, type ArrowTypeLike } from './infrastructure/memory/arrow-table.ts'
export type { EventPublisher } from './application/ports/event-publisher.ts'
export type { KeptProfile, ProfilesQuery, ProfilesStore, ProfileSummary } from './application/ports/profiles-store.ts'
export { RecordedProfile, type RecordedProfileDeps } from './application/recorded-profile.ts'
