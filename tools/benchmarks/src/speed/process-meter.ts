/** Clocks and memory of this process; the twin of peers/process_meter.py. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { setTimeout } from 'node:timers/promises'

import { median } from '../median.ts'

/** What a step took. CPU seconds count all threads of the process, the compiler's and the collector's too. */
export interface StepTime {
  readonly cpuSeconds: number
  readonly wallSeconds: number
}

const repeatSeconds = 0.25 // a step of a few ms measured once is noise: it is repeated for so long
const quietCores = 0.2

/** What the work returns, and the time it took. */
export function timed<T>(work: () => T): { readonly result: T; readonly time: StepTime } {
  const wall = process.hrtime.bigint()
  const cpu = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(cpu)
  const wallSeconds = Number(process.hrtime.bigint() - wall) / 1e9
  return { result, time: { cpuSeconds: (user + system) / 1e6, wallSeconds } }
}

/** Two steps after each other. */
export function sumOf(one: StepTime, other: StepTime): StepTime {
  return { cpuSeconds: one.cpuSeconds + other.cpuSeconds, wallSeconds: one.wallSeconds + other.wallSeconds }
}

/** Medians of the first run and of as many more as fit into a quarter of a second. */
export function repeated(work: () => unknown, first: StepTime): StepTime {
  const runs = [first]
  for (let spent = first.wallSeconds; spent < repeatSeconds;) {
    const { time } = timed(work)
    runs.push(time)
    spent += time.wallSeconds
  }
  return {
    cpuSeconds: median(runs.map((run) => run.cpuSeconds)),
    wallSeconds: median(runs.map((run) => run.wallSeconds)),
  }
}

/** Lets the peak count from now on, where the system can; elsewhere it is that of the whole process, never too low. */
export function forgetPeak(): void {
  if (existsSync('/proc/self/clear_refs')) writeFileSync('/proc/self/clear_refs', '5')
}

/** Resident memory now, in MB (2^20 bytes). */
export function residentMb(): number {
  return process.memoryUsage.rss() / 2 ** 20
}

/** The most resident memory there has been, in MB (2^20 bytes). */
export function peakMb(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS
  return Number(kilobytes) / 2 ** 10
}

/** Counts from now on how many cores other processes keep busy on average. */
export function othersBusySince(): () => number {
  const wall = process.hrtime.bigint()
  const own = process.cpuUsage()
  const busy = busySeconds()
  return () => {
    const { user, system } = process.cpuUsage(own)
    const seconds = Number(process.hrtime.bigint() - wall) / 1e9
    return Math.max(0, (busySeconds() - busy - (user + system) / 1e6) / seconds)
  }
}

/** Waits, for so long at most, for a second in which all cores together were hardly busy. */
export async function waitUntilQuiet(seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1000
  while (Date.now() < end) {
    const before = busySeconds()
    await setTimeout(1000)
    if (busySeconds() - before < quietCores) return
  }
}

function busySeconds(): number {
  let milliseconds = 0
  for (const { times } of cpus()) milliseconds += times.user + times.nice + times.sys + times.irq
  return milliseconds / 1000
}
