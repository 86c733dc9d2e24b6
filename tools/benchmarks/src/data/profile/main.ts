import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { outputOf } from '../../child-process.ts'
import { machine } from '../../machine.ts'
import { pythonOf } from '../python-of.ts'
import { writeDataReport } from '../write-data-report.ts'
import { assertSameTable, type ProfileContest, profileReport } from './profile-report.ts'
import { parseSideRun, type SideRun } from './side-run.ts'
import { writeTable } from './write-table.ts'
import { writeParquetTwin, writeWide } from './write-wide.ts'

const peer = join(import.meta.dirname, '../../../peers/data/ydata_profile.py')
const requirements = join(import.meta.dirname, '../../../peers/data/requirements.txt')

const { values, positionals } = parseArgs({
  options: {
    rows: { type: 'string', default: '5000000' },
    repetitions: { type: 'string', default: '3' },
    seed: { type: 'string', default: '20261120' },
    ydata: { type: 'string', default: 'minimal' },
    wide: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
  allowPositionals: true,
})

const [side, path] = positionals
if (side === 'ours' && path !== undefined) {
  const { profileOurs } = await import('./profile-ours.ts')
  await profileOurs(path, versionOfOurs())
} else if (side === 'hand' && path !== undefined) {
  const { profileByHand } = await import('./profile-by-hand.ts')
  await profileByHand(path)
} else {
  await compare()
}

/** Lets the sides profile the same files in turn, each run in its own process, and prints the table. */
async function compare(): Promise<void> {
  const rows = Number(values.rows)
  const folder = mkdtempSync(join(tmpdir(), 'nomaly-bench-'))
  try {
    const [csv, parquet, wide] = [join(folder, 'data.csv'), join(folder, 'data.parquet'), join(folder, 'wide.parquet')]
    console.error(`writing ${rows} rows of 12 columns`)
    writeTable(csv, rows, Number(values.seed))
    await writeParquetTwin(csv, parquet)
    const files: Array<readonly [name: string, file: string]> = [
      ['Parquet', parquet],
      ['CSV', csv],
    ]
    if (values.wide) {
      await writeWide(wide, rows / 5)
      files.push([`Parquet of 100 columns, ${rows / 5} rows`, wide])
    }
    const short: Array<ProfileContest> = []
    for (const [name, file] of files) short.push(await shortContest(name, file))
    // The peer that takes minutes comes last.
    const contests: Array<ProfileContest> = []
    for (const contest of short) contests.push(await withYdata(contest, files))
    for (const contest of contests) assertSameTable(contest)
    const versions = Object.assign(
      {},
      ...contests.flatMap(({ sides }) => sides.map(({ runs }) => runs[0]?.versions ?? {})),
    )
    const note =
      `Made on ${new Date().toISOString().slice(0, 10)}: ${rows} rows of 12 columns, each run its own process, least of ${values.repetitions} ` +
      `(ydata-profiling once).\n${machine()}.\n${Object.entries(versions)
        .map(([name, version]) => `${name} ${String(version)}`)
        .join(', ')}.`
    const report = `${note}\n\n${profileReport(contests)}`
    console.log(report)
    if (values.write) writeDataReport('profile', report)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function shortContest(name: string, file: string): Promise<ProfileContest> {
  const own: { ours: Array<SideRun>; hand: Array<SideRun> } = { ours: [], hand: [] }
  for (let repetition = 1; repetition <= Number(values.repetitions); repetition++) {
    for (const one of ['ours', 'hand'] as const) {
      own[one].push(
        told(`${name}: ${one}, ${repetition}`, await outputOf(process.execPath, [import.meta.filename, one, file])),
      )
    }
  }
  const sides = [
    { side: 'nomaly', runs: own.ours },
    { side: 'DuckDB by hand, its approximate functions', runs: own.hand },
  ]
  return { name, bytes: statSync(file).size, sides }
}

async function withYdata(
  contest: ProfileContest,
  files: ReadonlyArray<readonly [name: string, file: string]>,
): Promise<ProfileContest> {
  const file = files.find(([name]) => name === contest.name)?.[1]
  const modes = values.ydata.split(',').filter((mode) => mode !== 'none')
  if (file === undefined || modes.length === 0 || contest.name.includes('100 columns')) return contest
  const python = await pythonOf(requirements)
  const sides = [...contest.sides]
  for (const mode of modes) {
    const output = await outputOf(python, ['-W', 'ignore', '-B', peer, file, mode], { seconds: 7200 })
    sides.push({ side: `ydata-profiling, ${mode}`, runs: [told(`${contest.name}: ydata-profiling, ${mode}`, output)] })
  }
  return { ...contest, sides }
}

function told(what: string, output: string): SideRun {
  const run = parseSideRun(output)
  console.error(
    `${what}: ${run.cpuSeconds.toFixed(1)} s of CPU, ${run.wallSeconds.toFixed(1)} s, ${run.peakMb.toFixed(0)} MB`,
  )
  return run
}

function versionOfOurs(): string {
  const manifest: { readonly version: string } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../../../packages/data/profiling/package.json'), 'utf8'),
  )
  return manifest.version
}
