import { addDetectionCommands, addOnnxCommands, addWatchCommand } from '@nomaly/ai-anomaly-detection/cli'
import { addMlopsCommands } from '@nomaly/ai-mlops/cli'
import { addProfileCommand } from '@nomaly/data-profiling/cli'
import { addCheckCommand, addSuggestCommand, addSuiteCommand } from '@nomaly/data-quality/cli'
import { addMlflowCommands } from '@nomaly/integration-mlflow/cli'
import { Command } from 'commander'

import type { NomalyContext } from './context.ts'
import { addDoctorCommand } from './doctor/doctor-command.ts'
import type { GlobalFlags } from './global-flags.ts'
import type { NomalyIo } from './io.ts'
import { addServeCommand } from './serve/serve-command.ts'
import { nomalyVersion } from './version.ts'

const EXAMPLES = `
Examples:
  nomaly detect data.csv
  nomaly detect data.csv --columns humidity,temperature --contamination 0.01 --top 5
  nomaly detect data.csv --keep && nomaly report last -o report.html
  nomaly explain data.csv --row 2041
  cat data.csv | nomaly detect - --detector ecod --all > scored.csv
  tail -f metrics.jsonl | nomaly watch --value latency --time ts
  nomaly evaluate data.csv --label is_fault
  nomaly profile data.csv -o report.html
  nomaly suggest data.csv -o suite.yml
  nomaly check data.csv --suite suite.yml --fail-on critical
  nomaly fit good.csv --model pump && nomaly score today.csv --model pump --fail-on 1%
  nomaly export pump --format onnx --verify
  nomaly serve
  nomaly mlflow serve
  nomaly runs search "metrics.auc > 0.9"

Exit codes: 0 done, 1 only with --fail-on or a refused promotion, 2 wrong usage or configuration, 3 unreadable or invalid data,
4 done in part, 130 interrupted. Defaults can be set by NOMALY_DATA, NOMALY_DETECTOR, ... or in nomaly.config.{ts,json}.`

/** The command line. Building it loads nothing heavy: `--help` is often asked for. */
export function createProgram(io: NomalyIo, context: NomalyContext): Command {
  const program = new Command('nomaly')
    .description('Finds what is abnormal in data: anomaly detection, data quality and MLOps.')
    .version(nomalyVersion())
    .option('--data <folder>', 'where models and results are kept (default: ./nomaly-data)')
    .option('--config <file>', 'default: nomaly.config.ts or nomaly.config.json in this folder')
    .option('-q, --quiet', 'no summary and no progress; only warnings and errors')
    .addHelpText('after', EXAMPLES)
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      outputError: () => undefined,
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
  addDetectionCommands(program, context)
  addWatchCommand(program, context)
  addOnnxCommands(program, context)
  addProfileCommand(program, context)
  addCheckCommand(program, context)
  addSuggestCommand(program, context)
  addSuiteCommand(program, context)
  addMlopsCommands(program, context)
  addMlflowCommands(program, context)
  addServeCommand(program, context)
  addDoctorCommand(program, context)
  program.hook('preAction', () => context.useGlobalFlags(program.opts<GlobalFlags>()))
  return program
}
