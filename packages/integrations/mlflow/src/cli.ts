export { addMlflowCommands } from './presentation/cli/add-mlflow-commands.ts'
export type {
  CopyCommandOptions,
  MlflowCommandContext,
  MlflowCommandServices,
} from './presentation/cli/command-context.ts'
