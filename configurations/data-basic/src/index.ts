export { BasicDataConfiguration, type BasicDataServices, createBasicDataConfiguration } from './configuration.ts'
export type { Closing } from './closing.ts'
export type { DataRoutes, KeptDatasets } from './data-routes.ts'
export { BasicDataConfigurationError, parseBasicDataOptions } from './options.ts'
export type {
  BasicDataConfigurationErrorCode,
  BasicDataOptions,
  DataEvents,
  ResolvedBasicDataOptions,
} from './options.ts'
export type { Profiler, ProfilerOptions } from './profiler.ts'
export type { CheckOptions, QualityChecks } from './quality-checks.ts'
export type { DatabaseSource, DataSource, FileSource, Records } from './sources/data-source.ts'
export type { Engines, OpenSource } from './sources/open-source.ts'
export { tokens } from './tokens.ts'
