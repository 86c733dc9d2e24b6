import { readFileSync } from 'node:fs'

/** Memory of another process in MB (2^20 bytes), on Linux: what it has now, or the most it ever had. */
export function vmMb(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 2 ** 10
}
