import type { Command } from 'commander'

import type { ModelChoice } from '../../application/score-with-model.ts'
import { parseModelChoice } from './flag-values.ts'
import type { OnnxCommandContext } from './onnx-command-context.ts'
import type { ExportFlags } from './onnx-flags.ts'

/** Adds `export MODEL --format onnx`. */
export function addExportCommand(program: Command, context: OnnxCommandContext): void {
  program
    .command('export')
    .summary('write a kept model as an ONNX file')
    .description(
      'Writes a kept model as an ONNX file, which Python, browsers and servers run. The file takes `rows`, a column for each ' +
        'feature in the order of the model, and gives `score` and `label`: 1 above the threshold.',
    )
    .argument('<model>', 'a name, or name@3 for its third version', parseModelChoice)
    .addOption(program.createOption('--format <format>', 'of the file').choices(['onnx']).default('onnx'))
    .option('--float', 'single precision in and out (default: double; refused where it would change scores)')
    .option('--verify', 'run the file and compare its scores with the model (needs onnxruntime-node)')
    .option('-o, --output <file>', 'write there, whole or not at all (default: MODEL-VERSION.onnx in this folder)')
    .action(async (choice: ModelChoice, flags: ExportFlags) => {
      const { runExport } = await import('./run-export.ts')
      await runExport(choice, flags, context)
    })
}
