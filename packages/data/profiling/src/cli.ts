export { addProfileCommand } from './presentation/cli/add-profile-command.ts'
export type {
  PrintedColumn,
  PrintedRecords,
  PrintTarget,
  ProfileCommandContext,
  ProfileFormat,
  ProfileSource,
} from './presentation/cli/profile-command-context.ts'
