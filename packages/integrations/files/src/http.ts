export { createDatasetRoutes } from './presentation/http/dataset-routes.ts'
export { problemOf } from './presentation/http/problem.ts'
export type { Problem } from './presentation/http/problem.ts'
export type { DatasetRoutesDeps } from './presentation/http/dataset-routes.ts'
