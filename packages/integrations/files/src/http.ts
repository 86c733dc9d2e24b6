export { createDatasetRoutes } from './presentation/http/dataset-routes.ts'
export type { DatasetRoutesDeps } from './presentation/http/dataset-routes.ts'
