export { addDetectionCommands } from './presentation/cli/add-detection-commands.ts'
export { addOnnxCommands } from './presentation/cli/add-onnx-commands.ts'
export { addWatchCommand } from './presentation/cli/watch-command.ts'
export type { WatchCommandContext, WatchState } from './presentation/cli/watch-context.ts'
export type { OnnxCommandContext } from './presentation/cli/onnx-command-context.ts'
export type {
  CommandSettings,
  DetectionCommandContext,
  NoteKind,
  OutputColumn,
  OutputRecords,
  OutputTarget,
} from './presentation/cli/command-context.ts'
export type {
  Detected,
  DetectionUseCases,
  DetectionWork,
  DetectWorkOptions,
  Explained,
  ExplainWorkOptions,
  FitWorkOptions,
  RankingQuality,
  ScoreWorkOptions,
} from './presentation/cli/detection-work.ts'
export type {
  CommandTracking,
  FailedFit,
  KeptFit,
  TrackedEvaluation,
  TrackedFit,
} from './presentation/cli/fit-tracking.ts'
export type { KeptData, ResultAccess, ResultRoom } from './presentation/cli/result-room.ts'
export type { FindRegistered, RegisteredVersion } from './presentation/cli/registered-version.ts'
export { startDetectionWork } from './presentation/cli/start-detection-work.ts'
export type { OutputFormat } from './presentation/cli/output-format.ts'
