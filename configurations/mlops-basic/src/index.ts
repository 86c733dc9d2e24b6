export { type BasicMlopsServices, BasicMlopsConfiguration, createBasicMlopsConfiguration } from './configuration.ts'
export type { Closing } from './closing.ts'
export type { CopyOptions, MlflowServices } from './mlflow-services.ts'
export { BasicMlopsConfigurationError, parseBasicMlopsOptions } from './options.ts'
export type {
  BasicMlopsConfigurationErrorCode,
  BasicMlopsOptions,
  BasicWebhookOptions,
  CaptureOptions,
  ResolvedBasicMlopsOptions,
} from './options.ts'
export { tokens } from './tokens.ts'
