export { addCheckCommand } from './presentation/cli/add-check-command.ts'
export type {
  CheckCommandContext,
  CheckSource,
  PrintedColumn,
  PrintedRecords,
  PrintTarget,
  RecordsFormat,
} from './presentation/cli/check-command-context.ts'
