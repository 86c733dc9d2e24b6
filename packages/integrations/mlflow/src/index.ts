export { MlflowError, type MlflowErrorCode } from './domain/errors.ts'
