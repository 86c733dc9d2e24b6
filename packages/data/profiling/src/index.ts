export type { Alert, AlertKind } from './domain/alert.ts'
export type {
  ColumnProfile,
  ColumnType,
  DateStatistics,
  Estimate,
  Histogram,
  NumberStatistics,
  SemanticType,
  TextStatistics,
} from './domain/column-profile.ts'
export { ProfilingError, type ProfilingErrorCode } from './domain/errors.ts'
export type { CorrelationTable, FunctionalDependency, KeyCandidate, Profile } from './domain/profile.ts'
