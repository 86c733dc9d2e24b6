/** One run of one side over one file, from the start of its process to the end. */
import { join } from 'node:path'

import { z } from 'zod'

import { outputOf } from '../child-process.ts'

/** What a run took. */
export interface FileRun {
  readonly rows: number
  readonly wallSeconds: number
  /** Of all threads together. */
  readonly cpuSeconds: number
  /** The most resident memory there was, in MB (2^20 bytes). */
  readonly peakMb: number
  readonly versions: Readonly<Record<string, string>>
}

const schema = z.object({
  rows: z.number(),
  cpuSeconds: z.number(),
  peakMb: z.number(),
  versions: z.record(z.string(), z.string()),
})
const longestSeconds = 3600
const bin = join(import.meta.dirname, '../../../../configurations/platform-basic/dist/bin.js')
const peer = join(import.meta.dirname, '../../peers/detect_file.py')

// The process itself tells, at its end, what it used, as the last line of its errors, which are none.
const report = `import{isMainThread}from'node:worker_threads'
import{writeSync}from'node:fs'
if(isMainThread)process.on('exit',()=>{const u=process.resourceUsage()
writeSync(1,'\\n'+JSON.stringify({rows:0,cpuSeconds:(u.userCPUTime+u.systemCPUTime)/1e6,peakMb:u.maxRSS/1024,versions:{Node:process.versions.node}}))})`

/** `nomaly detect` as it is published. @param rows - that the file has */
export async function runOurs(path: string, rows: number, seed: number): Promise<FileRun> {
  const preload = `data:text/javascript,${encodeURIComponent(report)}`
  const args = ['--import', preload, bin, 'detect', path, '--top', '5', '--seed', String(seed), '--format', 'csv']
  const run = await timedRun(process.execPath, args)
  const records = run.output.split('\n').filter((line) => line !== '')
  if (records.length !== 7)
    throw new Error(`nomaly printed ${records.length} lines and not a header, five rows and a report`)
  return { ...run.told, rows, wallSeconds: run.wallSeconds }
}

/** pandas and scikit-learn. @param python - that has them */
export async function runPeer(python: string, path: string, seed: number): Promise<FileRun> {
  const { told, wallSeconds } = await timedRun(python, ['-B', peer, path, String(seed)])
  return { ...told, wallSeconds }
}

async function timedRun(
  command: string,
  args: ReadonlyArray<string>,
): Promise<{ readonly output: string; readonly told: z.infer<typeof schema>; readonly wallSeconds: number }> {
  const start = process.hrtime.bigint()
  const output = await outputOf(command, args, { seconds: longestSeconds })
  const wallSeconds = Number(process.hrtime.bigint() - start) / 1e9
  return { output, told: schema.parse(JSON.parse(output.trimEnd().split('\n').at(-1) ?? '')), wallSeconds }
}
