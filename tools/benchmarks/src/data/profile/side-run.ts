/** What one run of one side took, and figures that must be alike on all sides. */
export interface SideRun {
  readonly rows: number
  readonly cpuSeconds: number
  readonly wallSeconds: number
  readonly peakMb: number
  readonly versions: Readonly<Record<string, string>>
  /** Nulls of the third column, and the mean of the fourth. */
  readonly check?: { readonly nulls: number; readonly mean: number } | undefined
}

/** What this process has used so far. */
export function usedSoFar(start: number): Pick<SideRun, 'cpuSeconds' | 'wallSeconds' | 'peakMb'> {
  const { user, system } = process.cpuUsage()
  return {
    cpuSeconds: (user + system) / 1e6,
    wallSeconds: (performance.now() - start) / 1000,
    peakMb: process.resourceUsage().maxRSS / 1024,
  }
}

/** Reads the last line that a side printed. @throws Error when it is no such line */
export function parseSideRun(output: string): SideRun {
  const run: Partial<SideRun> = JSON.parse(output.trim().split('\n').at(-1) ?? '')
  const { rows, cpuSeconds, wallSeconds, peakMb, versions, check } = run
  if (rows === undefined || cpuSeconds === undefined || wallSeconds === undefined || peakMb === undefined) {
    throw new Error(`a side printed ${output.slice(-200)} instead of its figures`)
  }
  return { rows, cpuSeconds, wallSeconds, peakMb, versions: versions ?? {}, check }
}
