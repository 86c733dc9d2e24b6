import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { outputOf } from '../../child-process.ts'
import { machine } from '../../machine.ts'
import { type ProfileContest, profileReport } from '../profile/profile-report.ts'
import { parseSideRun, type SideRun } from '../profile/side-run.ts'
import { writeTable } from '../profile/write-table.ts'
import { writeParquetTwin } from '../profile/write-wide.ts'
import { pythonOf } from '../python-of.ts'
import { writeDataReport } from '../write-data-report.ts'
import { THIRTY_CHECKS } from './suite.ts'

const peers = join(import.meta.dirname, '../../../peers/data-quality')

const { values, positionals } = parseArgs({
  options: {
    rows: { type: 'string', default: '5000000' },
    repetitions: { type: 'string', default: '3' },
    seed: { type: 'string', default: '20261120' },
    parquet: { type: 'string' },
    peer: { type: 'boolean', default: true },
    write: { type: 'boolean', default: false },
  },
  allowNegative: true,
  allowPositionals: true,
})

const [side, path] = positionals
if (path === undefined) await compare()
else if (side === 'hand' || side === 'hand-rows') {
  const { checkByHand } = await import('./check-by-hand.ts')
  await checkByHand(path, side === 'hand-rows')
} else {
  const { checkOurs } = await import('./check-ours.ts')
  await checkOurs(path, side === 'ours-rows' ? 'BASIC' : 'BOOLEAN_ONLY', versionOfOurs())
}

/** Lets the sides check the same file in turn, each run in its own process, and prints the table. */
async function compare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'nomaly-bench-'))
  try {
    const file = values.parquet ?? (await written(folder))
    const verdicts = await contestOver('verdicts', file, [
      ['nomaly', 'ours'],
      ['one query by hand', 'hand'],
    ])
    const lists = await contestOver('bad rows and 20 values of each check', file, [
      ['nomaly', 'ours-rows'],
      ['one query and one a failing check by hand', 'hand-rows'],
    ])
    if (values.peer) lists.sides.push({ side: 'Great Expectations on pandas', runs: [await peerRun(file, folder)] })
    const contests = [verdicts, lists]
    const versions = Object.assign(
      {},
      ...contests.flatMap(({ sides }) => sides.map(({ runs }) => runs[0]?.versions ?? {})),
    )
    const note =
      `Made on ${new Date().toISOString().slice(0, 10)}: ${THIRTY_CHECKS.length} checks over ${String(verdicts.sides[0]?.runs[0]?.rows)} rows of Parquet, each run its own ` +
      `process, least of ${values.repetitions} (Great Expectations once).\n${machine()}.\n${Object.entries(versions)
        .map(([name, version]) => `${name} ${String(version)}`)
        .join(', ')}.`
    const report = `${note}\n\n${profileReport(contests)}`
    console.log(report)
    if (values.write) writeDataReport('quality', report)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function written(folder: string): Promise<string> {
  const [csv, parquet] = [join(folder, 'data.csv'), join(folder, 'data.parquet')]
  console.error(`writing ${values.rows} rows of 12 columns`)
  writeTable(csv, Number(values.rows), Number(values.seed))
  await writeParquetTwin(csv, parquet)
  return parquet
}

interface Contest extends ProfileContest {
  readonly sides: Array<{ readonly side: string; readonly runs: ReadonlyArray<SideRun> }>
}

async function contestOver(
  name: string,
  file: string,
  sides: ReadonlyArray<readonly [name: string, argument: string]>,
): Promise<Contest> {
  const runs = sides.map((): Array<SideRun> => [])
  const bad = new Map<string, string>()
  for (let repetition = 1; repetition <= Number(values.repetitions); repetition++) {
    for (const [i, [label, argument]] of sides.entries()) {
      console.error(`${name}: ${label}, ${repetition} of ${values.repetitions}`)
      const output = await outputOf(process.execPath, [import.meta.filename, argument, file])
      runs[i]?.push(parseSideRun(output))
      bad.set(label, badRows(output, name === 'verdicts'))
    }
  }
  if (new Set(bad.values()).size > 1)
    throw new Error(`${name}: the sides disagree on bad rows: ${[...bad.values()].join(' and ')}`)
  return { name, bytes: statSync(file).size, sides: sides.map(([label], i) => ({ side: label, runs: runs[i] ?? [] })) }
}

async function peerRun(file: string, folder: string): Promise<SideRun> {
  const suite = join(folder, 'suite.json')
  writeFileSync(suite, JSON.stringify(THIRTY_CHECKS.map(({ expectation }) => expectation)))
  const python = await pythonOf(join(peers, 'requirements.txt'))
  console.error('Great Expectations on pandas')
  return parseSideRun(
    await outputOf(python, ['-W', 'ignore', '-B', join(peers, 'check.py'), file, suite], { seconds: 7200 }),
  )
}

// The verdict of each check alone, or the bad rows of each.
function badRows(output: string, verdicts: boolean): string {
  const { bad }: { readonly bad: ReadonlyArray<number | boolean> } = JSON.parse(output.trim().split('\n').at(-1) ?? '')
  return JSON.stringify(verdicts ? bad.map(Boolean) : bad)
}

function versionOfOurs(): string {
  const manifest: { readonly version: string } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../../../packages/data/quality/package.json'), 'utf8'),
  )
  return manifest.version
}
