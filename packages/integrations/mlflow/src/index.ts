export { MlflowError, type MlflowErrorCode } from './domain/errors.ts'
export { connectMlflow, type RemoteMlflow } from './infrastructure/remote/connect-mlflow.ts'
export type { MlflowAuth, RemoteMlflowOptions } from './infrastructure/remote/remote-options.ts'
