import type { NomalyIo, OutputStream } from '../io.ts'
import { codeOf, EXIT, exitCodeOf } from './exit-codes.ts'

/** Tells people, in one line, what went wrong and what would be right; a stack only with NOMALY_DEBUG. */
export async function reportFailure(error: unknown, { stderr, env, signal }: NomalyIo): Promise<number> {
  if (signal.aborted) return EXIT.interrupted
  const exitCode = exitCodeOf(error)
  if (exitCode === EXIT.done || codeOf(error) === 'commander.help') return exitCode
  const isFault = exitCode === EXIT.fault
  const advice = isFault && !isDebugging(env) ? ' (this is a fault of nomaly; NOMALY_DEBUG=1 shows where)' : ''
  await written(stderr, `nomaly: ${lineOf(error)}${advice}\n`)
  if (isDebugging(env) && error instanceof Error) await written(stderr, `${stackOf(error)}\n`)
  return exitCode
}

function lineOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const line = message.replaceAll(/\s*\n\s*/g, ' ').trim()
  if (!codeOf(error).startsWith('commander.')) return line
  return line.replace(/^error: /, '').replace(/\(Did you mean (.+)\?\)$/, '(did you mean $1?)')
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : ''
  return `${error.stack ?? error.message}${cause}`
}

function isDebugging(env: NomalyIo['env']): boolean {
  return env['NOMALY_DEBUG'] !== undefined && env['NOMALY_DEBUG'] !== '' && env['NOMALY_DEBUG'] !== '0'
}

// Where nobody reads stderr any more there is nobody left to tell.
async function written(stream: OutputStream, text: string): Promise<void> {
  await new Promise<void>((resolve) => void stream.write(text, () => resolve()))
}
