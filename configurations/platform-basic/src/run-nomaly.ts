import { createContext } from './context.ts'
import { reportFailure } from './failure/report-failure.ts'
import type { NomalyIo } from './io.ts'
import { createProgram } from './program.ts'

/**
 * Runs one command line.
 * @param argv - the arguments behind the program's name
 * @returns the exit code: 0 done, 1 where `--fail-on` says so, 2 wrong usage or configuration, 3 unreadable or invalid
 *   data, 4 done in part, 70 a fault of the program itself, 130 interrupted. Never rejects; failures are told on stderr.
 */
export async function runNomaly(argv: ReadonlyArray<string>, io: NomalyIo): Promise<number> {
  io.stdout.on('error', ignore)
  io.stderr.on('error', ignore)
  const context = createContext(io)
  const program = createProgram(io, context)
  try {
    await program.parseAsync(argv, { from: 'user' })
    return context.exitCode()
  } catch (error) {
    context.progress(undefined)
    return await reportFailure(error, io)
  } finally {
    await context.close()
    io.stdout.off('error', ignore)
    io.stderr.off('error', ignore)
  }
}

// A closed pipe also rejects the write that meets it, and there it is dealt with.
function ignore(): void {}
