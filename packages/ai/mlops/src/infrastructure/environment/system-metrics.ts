/** How busy the machine and this process are. */
import { statfs } from 'node:fs/promises'
import { availableParallelism, cpus, freemem, totalmem } from 'node:os'

import type { RunObserver } from '../../application/ports/run-observer.ts'

/** How system metrics are taken. */
export interface SystemMetricsOptions {
  /** Milliseconds between two samples, from 10; 10,000 when absent, as MLflow has it. */
  readonly everyMs?: number
  /** The disk of this path is watched; the working directory when absent. */
  readonly path?: string
}

interface Clock {
  /** Milliseconds that all processors have worked and been idle. */
  readonly busy: number
  readonly idle: number
  /** Microseconds that this process has had a processor. */
  readonly process: number
  /** Milliseconds of a clock that never goes back. */
  readonly at: number
}

const MEGABYTE = 1e6 // as MLflow has it

/**
 * Samples processor, memory and disk while a run is open, and once when it ends, under MLflow's names: `system/cpu_utilization_percentage`,
 * `system/system_memory_usage_megabytes`, `system/system_memory_usage_percentage`, `system/disk_usage_megabytes`,
 * `system/disk_usage_percentage`, `system/disk_available_megabytes`; and two of ours: `system/process_cpu_utilization_percentage` (100 is one
 * processor) and `system/process_memory_usage_megabytes`. Steps count the samples. A disk that cannot be asked is left out.
 */
export function systemMetricsObserver({
  everyMs = 10_000,
  path = process.cwd(),
}: SystemMetricsOptions = {}): RunObserver {
  return {
    observe: async (run) => {
      let before = readClock()
      let step = 0
      const sample = async (): Promise<void> => {
        const now = readClock()
        const metrics = { ...processorShares(before, now), ...memory(), ...(await disk(path)) }
        before = now
        for (const [name, value] of Object.entries(metrics)) run.logMetric(`system/${name}`, value, { step })
        step++
      }
      let sampling: Promise<void> = Promise.resolve()
      let failure: unknown
      const timer = setInterval(
        () => {
          sampling = sampling.then(sample).catch((error: unknown) => {
            failure ??= error // told when the run ends
          })
        },
        Math.max(10, everyMs),
      )
      timer.unref()
      return async () => {
        clearInterval(timer)
        await sampling
        await sample()
        if (failure !== undefined) throw failure
      }
    },
  }
}

function readClock(): Clock {
  let [busy, idle] = [0, 0]
  for (const { times } of cpus()) {
    busy += times.user + times.nice + times.sys + times.irq
    idle += times.idle
  }
  const { user, system } = process.cpuUsage()
  return { busy, idle, process: user + system, at: performance.now() }
}

function processorShares(before: Clock, now: Clock): Record<string, number> {
  const busy = now.busy - before.busy
  const all = busy + now.idle - before.idle
  const wall = now.at - before.at
  // Between two ticks of the machine's own count nothing is known of it.
  const machine = all > 0 ? { cpu_utilization_percentage: (100 * busy) / all } : {}
  const most = 100 * availableParallelism()
  const own =
    wall > 0 ? { process_cpu_utilization_percentage: Math.min(most, (now.process - before.process) / (10 * wall)) } : {}
  return { ...machine, ...own }
}

function memory(): Record<string, number> {
  const used = totalmem() - freemem()
  return {
    system_memory_usage_megabytes: used / MEGABYTE,
    system_memory_usage_percentage: (100 * used) / totalmem(),
    process_memory_usage_megabytes: process.memoryUsage.rss() / MEGABYTE,
  }
}

async function disk(path: string): Promise<Record<string, number>> {
  const found = await statfs(path).catch(() => undefined) // some file systems have no figures
  if (found === undefined || found.blocks === 0) return {}
  const used = (found.blocks - found.bfree) * found.bsize
  const available = found.bavail * found.bsize
  return {
    disk_usage_megabytes: used / MEGABYTE,
    disk_usage_percentage: (100 * used) / (used + available),
    disk_available_megabytes: available / MEGABYTE,
  }
}
