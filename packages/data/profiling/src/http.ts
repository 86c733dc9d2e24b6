export type { Problem } from './presentation/http/problem.ts'
export { createProfilingRoutes } from './presentation/http/profiling-routes.ts'
export type {
  ProfilingRoutesDeps,
  ProfilingRoutesOptions,
  UploadedTable,
  UploadFormat,
} from './presentation/http/routes-deps.ts'
