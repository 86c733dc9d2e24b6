/** Runs the built command, as a user's shell would. The root's `test` script builds it first. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The command's file. */
export const BIN: string = fileURLToPath(new URL('../../dist/bin.js', import.meta.url))

/** What a run left behind. */
export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** How the command is run. */
export interface RunOptions {
  readonly cwd?: string | undefined
  readonly env?: Readonly<Record<string, string>>
  /** What it reads from the standard input; default nothing. */
  readonly stdin?: string | Uint8Array | undefined
}

/** An environment that says nothing about nomaly or colours. */
export function plainEnvironment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && !/^(NOMALY_.*|NO_COLOR|FORCE_COLOR|NODE_OPTIONS|VITEST.*|CI)$/.test(name),
  )
  return { ...(Object.fromEntries(kept) as Record<string, string>), ...more }
}

/** Runs `nomaly ...args` to its end. */
export function nomaly(args: ReadonlyArray<string>, { cwd, env, stdin }: RunOptions = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...args], { cwd, env: plainEnvironment(env), stdio: 'pipe' })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
    child.stdin.on('error', () => undefined) // a command that does not read it may have ended
    child.stdin.end(stdin ?? '')
  })
}

/** A folder for one test file; call `remove` when done. */
export interface Scratch {
  readonly folder: string
  /** Writes a file and answers its path. */
  readonly write: (name: string, content: string | Uint8Array) => string
  readonly remove: () => void
}

/** Makes a folder for one test file. */
export function scratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'nomaly-e2e-'))
  return {
    folder,
    write: (name, content) => {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Sixty rows on a curve of `a` and `b`; row 31 (counted from 1) lies far from it, and `label` says so. */
export function sampleRows(): ReadonlyArray<readonly [number, number, number]> {
  return Array.from({ length: 60 }, (_, row) =>
    row === 30 ? ([40, -40, 1] as const) : ([Math.sin(row), Math.cos(row * 1.7), 0] as const),
  )
}

/** The sample as CSV. */
export function sampleCsv(newline = '\n'): string {
  return ['a,b,label', ...sampleRows().map((row) => row.join(','))].join(newline) + newline
}

/** The lines of a text, without the last line feed. */
export function linesOf(text: string): ReadonlyArray<string> {
  return text.replace(/\n$/, '').split('\n')
}

/** A hundred thousand rows. */
export function longCsv(): string {
  return ['a,b', ...Array.from({ length: 100_000 }, (_, i) => `${i},${(i * 7919) % 1009}`)].join('\n')
}

/** Flags that make `detect` take some twenty seconds on the rows of `longCsv`, and little memory. */
export const LONG_JOB: ReadonlyArray<string> = ['--param', 'nEstimators=100000', '--param', 'maxSamples=8']
