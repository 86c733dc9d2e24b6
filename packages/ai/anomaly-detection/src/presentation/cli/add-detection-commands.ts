import type { Command } from 'commander'

import type { DetectionCommandContext } from './command-context.ts'
import { addDetectCommand } from './detect-command.ts'
import { addDetectorsCommand } from './detectors-command.ts'
import { addDriftCommand } from './drift-command.ts'
import { addEvaluateCommand } from './evaluate-command.ts'
import { addExplainCommand } from './explain-command.ts'
import { addFitCommand } from './fit-command.ts'
import { addModelsCommand } from './models-command.ts'
import { addResultCommands } from './result-commands.ts'
import { addScoreCommand } from './score-command.ts'

/** Adds `detect`, `evaluate`, `drift`, `explain`, `fit`, `score`, `models`, `detectors`, `report` and `results`. What they need is loaded when one of them runs. */
export function addDetectionCommands(program: Command, context: DetectionCommandContext): void {
  addDetectCommand(program, context)
  addEvaluateCommand(program, context)
  addDriftCommand(program, context)
  addExplainCommand(program, context)
  addFitCommand(program, context)
  addScoreCommand(program, context)
  addModelsCommand(program, context)
  addDetectorsCommand(program, context)
  addResultCommands(program, context)
}
