import type { Command } from 'commander'

import { EXPLANATION_METHODS } from '../../application/explanation/method-names.ts'
import type { DetectionCommandContext } from './command-context.ts'
import type { ExplainFlags } from './command-flags.ts'
import { parseCount, parseModelChoice, parseRowNumbers } from './flag-values.ts'
import { addDetectorFlags, addOutputFlags, addReadingFlags, addThreadFlags, choice, FILE_HELP } from './flags.ts'

const ONLY_WITHOUT_MODEL = [
  'detector',
  'param',
  'combine',
  'unify',
  'weights',
  'contamination',
  'seed',
  'standardize',
  'columns',
  'encode',
]

/** Adds `explain FILE`. */
export function addExplainCommand(program: Command, context: DetectionCommandContext): void {
  const command = program
    .command('explain')
    .summary('say why rows of a file score as they do')
    .description(
      'Detects as the command detect does, or scores with a kept model, and says why a row scores as it does: what each ' +
        'feature contributes, and the smallest change of one feature that would make the row normal. Rows are numbered ' +
        'from 1; a header is not counted.',
    )
    .argument('<file>', FILE_HELP)
    .option('--row <numbers>', 'rows to explain: 5 or 5,9 (default: the anomaly of the highest score)', parseRowNumbers)
    .addOption(
      program
        .createOption('--top <rows>', 'instead: so many anomalies, the highest score first')
        .argParser(parseCount)
        .conflicts('row'),
    )
    .addOption(
      choice(
        program,
        '--method <method>',
        'tree-shap (iforest), contributions (ecod, copod, hbos, pca, mad, iqr, ...), kernel-shap, lime; permutation: the ' +
          'detector as a whole',
        ['auto', ...EXPLANATION_METHODS],
        'auto: the first that fits',
      ),
    )
    .addOption(
      program
        .createOption('--model <name>', 'a kept model, such as name@3, instead of a detector fitted to the file')
        .argParser(parseModelChoice)
        .conflicts(ONLY_WITHOUT_MODEL),
    )
    .option('--samples <number>', 'of kernel-shap (default: 2048 + 2 a feature) and lime (default: 5000)', parseCount)
    .option('--background <file>', 'rows that show what is usual (default: those of the file)')
    .option('--no-counterfactual', 'do not look for the change that would make the row normal')
    .option('--standardize', 'z-score each column first')
  addDetectorFlags(command)
  addReadingFlags(command, { learns: true })
  addThreadFlags(command)
  addOutputFlags(command)
  command.action(async (file: string, flags: ExplainFlags) => {
    const { runExplain } = await import('./run-explain.ts')
    await runExplain(file, flags, context)
  })
}
