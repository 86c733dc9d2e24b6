import { existsSync, readFileSync } from 'node:fs'
import { arch, cpus, totalmem, type, version } from 'node:os'

/** The machine as far as it matters to a benchmark: processor, cores, memory, system. No names. */
export function machine(): string {
  const cores = cpus()
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  return `${cores[0]?.model.trim() || 'unknown processor'} (${arch()}), ${cores.length} cores, ${gigabytes} GiB, ${system()}`
}

function system(): string {
  if (!existsSync('/etc/os-release')) return version()
  const name = /^PRETTY_NAME="?([^"\n]+)"?$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1]
  return name ?? type()
}
