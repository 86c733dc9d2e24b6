export { folderArtifacts } from './infrastructure/folder/folder-artifacts.ts'
export { mlflowDbSource, type MlflowDbSourceOptions } from './infrastructure/mlflow-db/mlflow-db-source.ts'
export { mlrunsSource, type MlrunsSourceOptions } from './infrastructure/mlruns/mlruns-source.ts'
export {
  type FetchHandler,
  type RunningServer,
  type ServeOptions,
  serveRoutes,
} from './infrastructure/server/serve-routes.ts'
export type { Refusal, RefusalBody } from './infrastructure/server/refusal.ts'
