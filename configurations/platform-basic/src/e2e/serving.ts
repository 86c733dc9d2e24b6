import { type ChildProcess, spawn } from 'node:child_process'

import { BIN, plainEnvironment } from './spawn-nomaly.ts'

/** A `nomaly serve` that listens. */
export interface Served {
  readonly url: string
  /** Answers the code it ended with. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>
  readonly told: () => string
}

const started: ChildProcess[] = []

/** Ends what a test left running. */
export function endAll(): void {
  for (const child of started.splice(0)) child.kill('SIGKILL')
}

/** Starts `nomaly serve` over a data folder, on a free port. */
export function serveFolder(
  folder: string,
  env: Readonly<Record<string, string>> = {},
  flags: ReadonlyArray<string> = [],
): Promise<Served> {
  return new Promise((resolve, reject) => {
    const args = [BIN, 'serve', '--port', '0', '--data', folder, ...flags]
    const child = spawn(process.execPath, args, { env: plainEnvironment(env), stdio: ['ignore', 'ignore', 'pipe'] })
    started.push(child)
    const ended = new Promise<number | null>((done) => child.on('close', done))
    let told = ''
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      told += part
      const [, url] = /serving (http:\S+)/.exec(told) ?? []
      if (url !== undefined) resolve({ url, told: () => told, end: (signal) => (child.kill(signal), ended) })
    })
    void ended.then(() => reject(new Error(told)))
  })
}
