export {
  checkExpectation,
  describeExpectations,
  type ExpectationDescription,
} from './application/catalogue/catalogue.ts'
export type { AskOptions, TableEngine } from './application/ports/table-engine.ts'
export { heldSuggestions, type HeldSuggestions } from './application/suggestions/held-suggestions.ts'
export { suggestExpectations, type SuggestOptions } from './application/suggestions/suggest-expectations.ts'
export { type Decisions, suggestedSuite, type SuggestedSuite } from './application/suggestions/suggested-suite.ts'
export type { Suggestion } from './application/suggestions/suggestion.ts'
export type { SuggestionState } from './application/suggestions/suggestion-notes.ts'
export { type DbtOptions, fromDbt } from './application/suites/dbt/from-dbt.ts'
export { fromGreatExpectations } from './application/suites/from-great-expectations.ts'
export { importSuite, type ImportOptions, type SuiteOrigin } from './application/suites/import-suite.ts'
export type { ExportedSuite, ImportedSuite, Untranslated } from './application/suites/imported-suite.ts'
export { fromJsonSchema, type SchemaOptions } from './application/suites/json-schema/from-json-schema.ts'
export { fromZod, type ZodSchema } from './application/suites/json-schema/from-zod.ts'
export { toJsonSchema } from './application/suites/json-schema/to-json-schema.ts'
export { type RowFindings, type RowValidator, toZod } from './application/suites/json-schema/to-zod.ts'
export { type ContractOptions, fromOdcs } from './application/suites/odcs/from-odcs.ts'
export { type ContractHead, toOdcs } from './application/suites/odcs/to-odcs.ts'
export {
  type ExpectationArguments,
  type ExpectationNotes,
  type RowSchema,
  suite,
  type SuiteBuilder,
} from './application/suites/suite-builder.ts'
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
export type { EventPublisher } from './application/ports/event-publisher.ts'
export type { ResultsQuery, ResultsStore } from './application/ports/results-store.ts'
export type { RowSplitter } from './application/ports/row-splitter.ts'
export type { KeptSuite, SuitesStore } from './application/ports/suites-store.ts'
export { qualityAnalyzed, type QualityAnalyzed } from './application/quality-event.ts'
export { readTrend } from './application/history/read-trend.ts'
export {
  RecordedCheck,
  type RecordedCheckDeps,
  type RecordedCheckOptions,
} from './application/history/recorded-check.ts'
export { quarantine, type Quarantine } from './application/quarantine/quarantine.ts'
export type { UnexpectedRows } from './application/catalogue/catalogue-entry.ts'
export { expectationId } from './domain/expectation-id.ts'
export { type ExpectationPoint, keptResult, type KeptResult, type ResultSummary } from './domain/history/kept-result.ts'
export { type ExpectationTrend, type QualityTrend, trendOf } from './domain/history/trend.ts'
export { maskedValidation } from './domain/masking/masked-validation.ts'
export type { FileSplit, RowCheck, SplitCounts, TableFormat } from './domain/row-split.ts'
export { dimensionOf, type QualityDimension } from './domain/score/dimension.ts'
export {
  type DimensionScore,
  type QualityScore,
  SCORE_WEIGHTS,
  scoreOf,
  type ScoreWeights,
} from './domain/score/quality-score.ts'
export { type LineageNames, openLineageEvents, type OpenLineageEvent } from './presentation/outputs/open-lineage.ts'
export { checkReport, type CheckReportOptions } from './presentation/report/check-report.ts'
