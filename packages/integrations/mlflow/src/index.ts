export { MlflowError, type MlflowErrorCode } from './domain/errors.ts'
export { type Window, windowOf } from './domain/window.ts'
