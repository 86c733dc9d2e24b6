import { spawn } from 'node:child_process'

/** How a command ended. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command to its end, at most `seconds`. Rejects where it cannot be started; failing is a result. */
export function ended(
  command: string,
  args: ReadonlyArray<string>,
  { seconds = 3600, env = {} }: { readonly seconds?: number; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: seconds * 1000,
      killSignal: 'SIGKILL',
    })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (signal !== null) stderr += `\nended by ${signal} (limit ${seconds} s)`
      resolve({ code, stdout, stderr })
    })
  })
}

/** The standard output of a command that has to succeed. @throws Error with what it said where it does not */
export async function outputOf(...call: Parameters<typeof ended>): Promise<string> {
  const { code, stdout, stderr } = await ended(...call)
  if (code === 0) return stdout
  throw new Error(`${call[0]} ended with ${code}: ${stderr.trim().slice(-600) || stdout.trim().slice(-600)}`)
}
