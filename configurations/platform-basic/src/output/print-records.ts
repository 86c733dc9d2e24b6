import { styleText } from 'node:util'

import type { OutputFormat, OutputRecords, OutputTarget } from '@nomaly/ai-anomaly-detection/cli'

import { NomalyError } from '../failure/nomaly-error.ts'
import type { OutputStream } from '../io.ts'
import { csvLines } from './csv-lines.ts'
import { jsonArray, jsonLines } from './json-lines.ts'
import { outputFormatOf } from './output-format-of.ts'
import { openFile, openStream, type Sink } from './sinks.ts'
import { tableLines } from './table-lines.ts'

const CHUNK = 65_536 // characters that are handed over at once

/** Where records are printed to by default, and as what. */
export interface PrintOptions {
  readonly stdout: OutputStream
  readonly signal: AbortSignal
  readonly format: OutputFormat | undefined
}

/**
 * Writes records, no faster than they are taken. A file is there whole or not at all.
 * @throws NomalyError `nomaly/output-closed` when nobody reads any more, `unwritable-output`, `interrupted`
 */
export async function printRecords(records: OutputRecords, target: OutputTarget, options: PrintOptions): Promise<void> {
  const { file } = target
  const format = outputFormatOf(target, options)
  const sink = file === undefined ? openStream(options.stdout) : await openFile(file)
  try {
    await writeLines(linesOf(records, format, target, options), sink, options.signal)
    await sink.close()
  } catch (error) {
    await sink.abandon()
    throw error
  }
}

function linesOf(
  records: OutputRecords,
  format: OutputFormat,
  { file }: OutputTarget,
  { stdout }: PrintOptions,
): Iterable<string> {
  switch (format) {
    case 'csv':
      return csvLines(records)
    case 'json':
      return jsonArray(records)
    case 'jsonl':
      return jsonLines(records)
    case 'table': {
      const isTerminal = file === undefined && stdout.isTTY === true
      const width = isTerminal ? (stdout.columns ?? 80) : Infinity
      return tableLines(records, { width, heading: file === undefined ? bold : (text) => text })
    }
  }
}

// Minds NO_COLOR, FORCE_COLOR and whether the standard output is a terminal.
function bold(text: string): string {
  return styleText('bold', text)
}

async function writeLines(lines: Iterable<string>, sink: Sink, signal: AbortSignal): Promise<void> {
  let chunk = ''
  for (const line of lines) {
    chunk += line
    if (chunk.length < CHUNK) continue
    await sink.write(chunk)
    chunk = ''
    await turn() // lets an interrupt in where writing never waits
    if (signal.aborted) throw new NomalyError('nomaly/interrupted', 'interrupted', {}, signal.reason)
  }
  if (chunk !== '') await sink.write(chunk)
}

function turn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve))
}
