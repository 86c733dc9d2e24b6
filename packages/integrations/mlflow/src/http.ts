export { createMlflowRoutes, type MlflowRoutes } from './presentation/http/mlflow-routes.ts'
export type { Access, AccessRequest, MlflowRoutesOptions } from './presentation/http/options.ts'
export type { TrackerPorts } from './presentation/http/tracker-ports.ts'
