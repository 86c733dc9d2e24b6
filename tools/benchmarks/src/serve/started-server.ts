import { type ChildProcess, spawn } from 'node:child_process'

/** A server under measurement, in a process of its own. */
export interface StartedServer {
  readonly url: string
  readonly pid: number
  readonly close: () => Promise<void>
}

const PATIENCE_MS = 60_000

/** Starts a server and waits until it answers. @throws Error with what it said where it does not within a minute */
export async function startedServer(
  command: string,
  args: ReadonlyArray<string>,
  {
    url,
    probe,
    env = {},
  }: { readonly url: string; readonly probe: string; readonly env?: Readonly<Record<string, string>> },
): Promise<StartedServer> {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let told = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (told = (told + text).slice(-4000)))
  const close = (): Promise<void> => ended(child)
  for (const start = performance.now(); performance.now() - start < PATIENCE_MS; await pause(100)) {
    if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}: ${told}`)
    const answers = await fetch(url + probe).then(
      ({ ok }) => ok,
      () => false, // it does not listen yet
    )
    if (answers) return { url, pid: child.pid ?? 0, close }
  }
  await close()
  throw new Error(`${command} does not answer at ${url}: ${told}`)
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

// With its workers, which are of its group.
function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return Promise.resolve()
  const { pid } = child
  return new Promise((resolve) => {
    child.once('close', () => resolve())
    process.kill(-pid, 'SIGTERM')
  })
}
