import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const folders = join(import.meta.dirname, '../.venv')

/** A Python with what was asked for, or why there is none. */
export type PythonEnvironment =
  | { readonly kind: 'ready'; readonly python: string }
  | { readonly kind: 'absent'; readonly why: string }

/**
 * The Python of a virtual environment with the packages of a `requirements.txt`, in `tools/conformance/.venv`; made when it is missing
 * or its requirements have changed.
 * @throws Error where it cannot be had and CI=true: nothing may be left out there
 */
export async function pythonWith(requirements: string): Promise<PythonEnvironment> {
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex')
  const folder = join(folders, basename(dirname(requirements)))
  const stamp = join(folder, 'requirements.sha256')
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  const isMade = existsSync(python) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  if (isMade) return { kind: 'ready', python }
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folders, { recursive: true })
  try {
    await outputOf('python3', ['-m', 'venv', folder])
    await outputOf(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements])
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    if (process.env['CI'] === 'true')
      throw new Error(`Python's packages are needed and cannot be had: ${why}`, { cause })
    return { kind: 'absent', why }
  }
  writeFileSync(stamp, wanted)
  return { kind: 'ready', python }
}

/** The standard output of a command that has to succeed. @throws Error with what it said where it does not */
export function outputOf(command: string, args: ReadonlyArray<string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: 900_000, killSignal: 'SIGKILL' })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(stdout)
      else reject(new Error(`${command} ${args.join(' ')}: ${stderr.trim().slice(-600)}`))
    })
  })
}
