import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const INSTALL_MS = 900_000

/** The releases of MLflow that are held against us: a late 2.x and the newest 3.x that can be installed. */
export const mlflowReleases = ['mlflow-2', 'mlflow-3'] as const
export type MlflowRelease = (typeof mlflowReleases)[number]

/** A Python with one MLflow, or why there is none. */
export type PythonWithMlflow =
  | { readonly kind: 'ready'; readonly python: string }
  | { readonly kind: 'absent'; readonly why: string }

/**
 * The Python of a virtual environment with one release of MLflow in `tools/conformance/.venv`, made when it is missing
 * (once, a minute or two) or its requirements have changed.
 * @throws Error where it cannot be had and CI=true: nothing may be left out there
 */
export function pythonWithMlflow(release: MlflowRelease): PythonWithMlflow {
  const requirements = join(root, 'mlflow', `${release}.txt`)
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex')
  const folder = join(root, '.venv', release)
  const stamp = join(folder, 'requirements.sha256')
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  if (existsSync(python) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted)
    return { kind: 'ready', python }
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(root, '.venv'), { recursive: true })
  const steps: ReadonlyArray<readonly [string, ...ReadonlyArray<string>]> = [
    ['python3', '-m', 'venv', folder],
    [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements],
  ]
  for (const [command, ...args] of steps) {
    const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: INSTALL_MS })
    if (status === 0) continue
    const why = `${command} ${args.join(' ')}: ${error?.message ?? stderr.trim().slice(-400)}`
    if (process.env['CI'] === 'true') throw new Error(`MLflow itself is needed and cannot be had: ${why}`)
    return { kind: 'absent', why }
  }
  writeFileSync(stamp, wanted)
  return { kind: 'ready', python }
}

/** The standard output of a script of `tools/conformance/mlflow`. @throws Error with what it said where it fails */
export function runScript(
  python: string,
  script: string,
  args: ReadonlyArray<string>,
  { cwd, seconds = 240 }: { readonly cwd: string; readonly seconds?: number },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, [join(root, 'mlflow', script), ...args], {
      cwd,
      env: { ...process.env, ...quiet },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: seconds * 1000,
      killSignal: 'SIGKILL',
    })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(stdout)
      else reject(new Error(`${script} ended with ${code}: ${stderr.slice(-2000)}`))
    })
  })
}

/** No telemetry, no progress bars, no look at the repository around. */
export const quiet: Readonly<Record<string, string>> = {
  MLFLOW_DISABLE_TELEMETRY: 'true',
  DO_NOT_TRACK: 'true',
  MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR: 'false',
  GIT_PYTHON_REFRESH: 'quiet',
}
