import type { Command } from 'commander'

import { parseContamination, parseCount, parseNames, parseScore } from './flag-values.ts'
import type { OnnxCommandContext } from './onnx-command-context.ts'
import { type ImportFlags, parseInput } from './onnx-flags.ts'

/** Adds `import FILE --model NAME`. */
export function addImportCommand(program: Command, context: OnnxCommandContext): void {
  program
    .command('import')
    .summary('keep an ONNX file as a model')
    .description(
      'Keeps an ONNX file as a model, for the command score. One that export wrote needs nothing else; of one from elsewhere, say ' +
        'which output is the score, whether a higher or a lower one is more anomalous, and from which one on a row is an anomaly.',
    )
    .argument('<file>', 'an ONNX model, as skl2onnx and torch.onnx write them')
    .requiredOption('--model <name>', "letters, digits, '.', '_' and '-'")
    .option('--features <names>', 'the columns that it takes, in their order: a,b,c', parseNames)
    .option('--input <input=names>', 'the columns that one of several inputs takes; may be repeated', parseInput)
    .option('--score-output <name>', 'the output that is read; needed where several may be the score')
    .option('--score-column <number>', "which of the output's columns, from 0", parseCount)
    .addOption(
      program
        .createOption('--score-kind <kind>', 'reconstruction: the output is the row again, its error the score')
        .choices(['score', 'reconstruction']),
    )
    .addOption(
      program
        .createOption('--direction <direction>', 'which outputs are more anomalous (scikit-learn: lower)')
        .choices(['higher', 'lower']),
    )
    .option('--threshold <output>', 'rows are anomalies beyond this output (default: what the file says)', parseScore)
    .option('--rows <file>', 'take the threshold from the rows of this file instead')
    .option('--contamination <share>', 'expected share of anomalies among these (default: 0.1)', parseContamination)
    .action(async (file: string, flags: ImportFlags) => {
      const { runImport } = await import('./run-import.ts')
      await runImport(file, flags, context)
    })
}
