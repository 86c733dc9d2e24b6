export { QualityError, type QualityErrorCode } from './domain/errors.ts'
export type { Expectation, Severity, Suite } from './domain/expectation.ts'
export type {
  CellValue,
  ExpectationFindings,
  ExpectationResult,
  ResultFormat,
  ValidationResult,
} from './domain/validation-result.ts'
