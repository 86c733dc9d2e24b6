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

/** What to measure of `nomaly serve` with a large data set and many connections. */
export interface ServeBigCommand {
  readonly kind: 'serve-big'
  /** Of 5 columns. */
  readonly rows: number
  /** That say nothing. */
  readonly connections: number
  readonly write: boolean
}

/** The part of --help. */
export const serveBigUsage = `npx -y pnpm@12 run bench -- serve-big [options]   a large data set uploaded and scored by a job, and idle connections
  --rows N            of 5 columns, default 10000000
  --connections N     that say nothing, default 10000`
