import type { Command } from 'commander'

import { addExportCommand } from './export-command.ts'
import { addImportCommand } from './import-command.ts'
import type { OnnxCommandContext } from './onnx-command-context.ts'

/** Adds `export` and `import`. What they need is loaded when one of them runs. */
export function addOnnxCommands(program: Command, context: OnnxCommandContext): void {
  addExportCommand(program, context)
  addImportCommand(program, context)
}
