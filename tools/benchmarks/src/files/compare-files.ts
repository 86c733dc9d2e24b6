import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { writeReport } from '../benchmarks-page.ts'
import { outputOf } from '../child-process.ts'
import type { FilesCommand } from '../command-line.ts'
import { pythonWithPeers } from '../python-environment.ts'
import { runNote } from '../run-note.ts'
import { waitUntilQuiet } from '../speed/process-meter.ts'
import { type FileContest, filesReport } from './files-report.ts'
import { runOurs, runPeer } from './run-side.ts'
import { writeCsv } from './write-csv.ts'

const COLUMNS = 10
const twin = join(import.meta.dirname, '../../peers/parquet_twin.py')

/** Makes a CSV file and its Parquet twin, lets both sides find the anomalies in each, in turn, and tells what it took. */
export async function compareFiles(command: FilesCommand, args: ReadonlyArray<string>): Promise<void> {
  const { rows, seed, repetitions, quietSeconds } = command
  const python = await pythonWithPeers()
  const folder = mkdtempSync(join(tmpdir(), 'nomaly-bench-'))
  try {
    const [csv, parquet] = [join(folder, 'data.csv'), join(folder, 'data.parquet')]
    console.error(`writing ${rows} rows of ${COLUMNS} columns`)
    await writeCsv(csv, { rows, columns: COLUMNS, seed })
    await outputOf(python, ['-B', twin, csv, parquet])
    const contests: FileContest[] = []
    for (const path of [csv, parquet]) {
      const contest = { name: path === csv ? 'CSV' : 'Parquet', bytes: statSync(path).size, ours: [], peer: [] }
      const runs: { ours: Awaited<ReturnType<typeof runOurs>>[]; peer: Awaited<ReturnType<typeof runPeer>>[] } = contest
      for (let repetition = 1; repetition <= repetitions; repetition++) {
        console.error(`${contest.name}, ${repetition} of ${repetitions}`)
        await waitUntilQuiet(quietSeconds)
        runs.ours.push(await runOurs(path, rows, seed))
        await waitUntilQuiet(quietSeconds)
        const theirs = await runPeer(python, path, seed)
        if (theirs.rows !== rows) throw new Error(`the peer read ${theirs.rows} rows of ${rows}`)
        runs.peer.push(theirs)
      }
      contests.push({ ...contest, ...runs })
    }
    const versions = { ...contests[0]?.ours[0]?.versions, ...contests[0]?.peer[0]?.versions }
    const report = `${runNote(args, versions)}\n\n${filesReport({ rows, columns: COLUMNS }, contests)}`
    console.log(report)
    if (command.write) writeReport('files', report)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
