import { extname } from 'node:path'

import type { OutputFormat, OutputTarget } from '@nomaly/ai-anomaly-detection/cli'

import type { OutputStream } from '../io.ts'

const FORMAT_OF_EXTENSION: Readonly<Record<string, OutputFormat>> = {
  '.csv': 'csv',
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.txt': 'table',
}

/** How records are written: as asked for, or by the file's name, the settings, and whether somebody looks on. */
export function outputFormatOf(
  { file, format: asked }: OutputTarget,
  { stdout, format }: { readonly stdout: OutputStream; readonly format: OutputFormat | undefined },
): OutputFormat {
  const named = file === undefined ? undefined : FORMAT_OF_EXTENSION[extname(file).toLowerCase()]
  return asked ?? named ?? format ?? (file === undefined && stdout.isTTY === true ? 'table' : 'csv')
}
