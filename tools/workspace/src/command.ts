import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'

import { workspaceRoot } from './workspace-root.ts'

/** How a command ended. `output` holds stdout and stderr as they came. */
export interface CommandResult {
  readonly code: number
  readonly stdout: string
  readonly output: string
}

/** Where and how to run a command. */
export interface CommandOptions {
  /** Default: the root of the workspace. */
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Default: 10 minutes; then it is killed and its code is not 0. */
  readonly timeoutMs?: number
}

/** The environment in which the workspace's own tools, and its own Node, come first. */
function toolEnvironment(): Record<string, string | undefined> {
  const bin = join(workspaceRoot, 'node_modules/.bin')
  return { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` }
}

/** Runs a command to its end; a failing command is a result, not an exception. Rejects when it cannot be started. */
export function run(
  command: string,
  args: ReadonlyArray<string>,
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { cwd = workspaceRoot, env = {}, timeoutMs = 600_000 } = options
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...toolEnvironment(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    })
    let stdout = ''
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (signal !== null) output += `\nended by ${signal} (limit ${timeoutMs} ms)\n`
      resolve({ code: code ?? 1, stdout, output })
    })
  })
}

/** Runs a command that has to succeed. @throws Error with the command and its whole output when it does not. */
export async function mustRun(
  command: string,
  args: ReadonlyArray<string>,
  options: CommandOptions = {},
): Promise<CommandResult> {
  const result = await run(command, args, options)
  if (result.code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${result.code}:\n${result.output}`)
  return result
}
