/** What to measure of `nomaly serve` beside FastAPI and PyOD. */
export interface ServeCommand {
  readonly kind: 'serve'
  /** Of load, a server. */
  readonly seconds: number
  readonly write: boolean
}

/** The part of --help. */
export const serveUsage = `npx -y pnpm@12 run bench -- serve [options]       POST /detect of nomaly serve beside a FastAPI + PyOD server
  --seconds N         of load, a server and number of clients, default 20`
