export { createQualityRoutes } from './presentation/http/quality-routes.ts'
export type { Problem } from './presentation/http/problem.ts'
export type { QualityRoutesDeps, QualityRoutesOptions, UploadedTable } from './presentation/http/routes-deps.ts'
