export { addCheckCommand } from './presentation/cli/add-check-command.ts'
export { addSuggestCommand } from './presentation/cli/add-suggest-command.ts'
export { addSuiteCommand } from './presentation/cli/add-suite-command.ts'
export type {
  CheckCommandContext,
  CheckSource,
  PrintedColumn,
  PrintedRecords,
  PrintTarget,
  RecordsFormat,
} from './presentation/cli/check-command-context.ts'
export type { SuggestCommandContext } from './presentation/cli/suggest-command-context.ts'
export type { SuiteCommandContext } from './presentation/cli/suite-command-context.ts'
