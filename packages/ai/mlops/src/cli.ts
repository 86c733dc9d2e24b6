export { addMlopsCommands } from './presentation/cli/add-mlops-commands.ts'
export type {
  MlopsCommandContext,
  MlopsCommandServices,
  ShownColumn,
  ShownFormat,
  ShownRecords,
  ShownTarget,
} from './presentation/cli/command-context.ts'
