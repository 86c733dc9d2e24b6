export {
  checkExpectation,
  describeExpectations,
  type ExpectationDescription,
} from './application/catalogue/catalogue.ts'
export type { AskOptions, TableEngine } from './application/ports/table-engine.ts'
export {
  fromGreatExpectations,
  type ImportedSuite,
  type Untranslated,
} from './application/suites/from-great-expectations.ts'
export { parseSuiteData, suiteSchema, type TextPosition } from './application/suites/suite-document.ts'
export { validate, type ValidateOptions } from './application/validate.ts'
export { bindCondition } from './domain/bind-condition.ts'
export type { Cell, ColumnKind, TableColumn } from './domain/cell.ts'
export { QualityError, type QualityErrorCode } from './domain/errors.ts'
export type { Expectation, Severity, Suite } from './domain/expectation.ts'
export type { AggregateName, Answer, Measure, ValueCount } from './domain/measure.ts'
export type { Power } from './domain/power.ts'
export type { Comparison, Condition, Literal, Predicate } from './domain/predicate.ts'
export { parseRowCondition } from './domain/row-condition.ts'
export type {
  CellValue,
  ExpectationFindings,
  ExpectationResult,
  ResultFormat,
  ValidationResult,
} from './domain/validation-result.ts'
export { arrowTable, type ArrowTableLike, type ArrowTypeLike } from './infrastructure/memory/arrow-table.ts'
export { batchedTable, type ColumnBatch } from './infrastructure/memory/batched-table.ts'
export { memoryEngine } from './infrastructure/memory/memory-engine.ts'
export type { MemoryColumn, MemoryTable } from './infrastructure/memory/memory-table.ts'
export { columnOf, recordsTable } from './infrastructure/memory/records-table.ts'
export type { SqlDialectName } from './infrastructure/sql/dialects/sql-dialects.ts'
export type { RunQuery, SqlRow } from './infrastructure/sql/run-query.ts'
export { sqlEngine, type SqlTable } from './infrastructure/sql/sql-engine.ts'
