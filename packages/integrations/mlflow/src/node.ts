export { folderArtifacts } from './infrastructure/folder/folder-artifacts.ts'
export {
  type FetchHandler,
  type RunningServer,
  type ServeOptions,
  serveRoutes,
} from './infrastructure/server/serve-routes.ts'
