import { parseProfile } from '../../application/profile-document.ts'
import type { ProfileOptions } from '../../application/profile-options.ts'
import { profileTable } from '../../application/profile-table.ts'
import { compareProfiles } from '../../domain/comparison/compare-profiles.ts'
import type { ProfileComparison } from '../../domain/comparison/profile-comparison.ts'
import { ProfilingError } from '../../domain/errors.ts'
import type { Profile } from '../../domain/profile.ts'
import { profileReport } from '../report/profile-report.ts'
import { columnRecords, driftRecords, overviewRecords } from './overview-records.ts'
import type { PrintTarget, ProfileCommandContext } from './profile-command-context.ts'
import type { ProfileFlags } from './profile-flags.ts'

/** Runs `profile FILE...`. */
export async function runProfile(
  paths: ReadonlyArray<string>,
  flags: ProfileFlags,
  context: ProfileCommandContext,
): Promise<void> {
  if (flags.failOn !== undefined && flags.compare === undefined) {
    throw new ProfilingError('profiling/invalid-options', '--fail-on counts columns that drifted: give --compare too', {
      option: 'failOn',
    })
  }
  // Both sides of a comparison keep their sketches: it is finer with them.
  const profile = await profiled(paths, flags, context)
  const comparison =
    flags.compare === undefined ? undefined : compareProfiles(await referenceOf(flags.compare, flags, context), profile)
  context.progress(undefined)
  await printAll(flags.sketches === true ? profile : withoutSketches(profile), comparison, flags, context)
  context.note(summaryOf(profile), 'summary')
  if (comparison === undefined) return
  context.note(driftText(comparison), 'asked')
  if (flags.failOn !== undefined && comparison.drifted >= flags.failOn) context.exitWith(1)
}

async function profiled(
  paths: ReadonlyArray<string>,
  flags: ProfileFlags,
  context: ProfileCommandContext,
): Promise<Profile> {
  const source = nameOf(paths, flags.table)
  context.progress(`opening ${source}`)
  const { engine, close } = await context.openProfileSource({
    paths,
    table: flags.table,
    inputFormat: flags.inputFormat,
    engine: flags.engine,
    memoryLimitMb: flags.memoryLimit,
    threads: flags.threads,
    timeoutMs: flags.timeout === undefined ? undefined : flags.timeout * 1000,
  })
  try {
    return await profileTable(
      {
        engine,
        now: Date.now,
        signal: context.signal,
        onProgress: ({ done, total, what }) => context.progress(`profiling ${source}: ${done} of ${total}, ${what}`),
      },
      optionsOf(source, flags),
    )
  } finally {
    await close()
  }
}

function optionsOf(source: string, flags: ProfileFlags): Partial<ProfileOptions> {
  const { columns, top, sampleRows, seed, correlations, duplicates, unmask = false } = flags
  return {
    source,
    correlations,
    duplicates,
    unmask,
    sketches: flags.sketches === true || flags.compare !== undefined,
    ...(columns === undefined ? {} : { columns }),
    ...(top === undefined ? {} : { top }),
    ...(sampleRows === undefined ? {} : { sampleRows }),
    ...(seed === undefined ? {} : { seed }),
  }
}

// A profile kept as JSON is read as it is; anything else is data.
async function referenceOf(path: string, flags: ProfileFlags, context: ProfileCommandContext): Promise<Profile> {
  if (path.endsWith('.json')) {
    const kept = parsedJson(await context.load(path))
    if (typeof kept === 'object' && kept !== null && 'formatVersion' in kept) return parseProfile(kept)
  }
  return profiled([path], flags, context)
}

function parsedJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined // JSON lines under this name, or broken: whoever reads it as data says so
  }
}

async function printAll(
  profile: Profile,
  comparison: ProfileComparison | undefined,
  flags: ProfileFlags,
  context: ProfileCommandContext,
): Promise<void> {
  const target: PrintTarget = { format: flags.format, file: flags.output }
  if (flags.format === undefined && flags.output !== undefined && /\.html?$/i.test(flags.output)) {
    await context.printText(profileReport(profile, { comparison }), flags.output)
    context.note(`wrote ${flags.output}`, 'asked')
    if (context.isTerminal({})) await context.print(overviewRecords(profile), { format: 'table' })
    return
  }
  const format = await context.formatOf(target)
  if (format === 'json') {
    const document = comparison === undefined ? profile : { profile, comparison }
    await context.printText(`${JSON.stringify(document, null, 2)}\n`, flags.output)
  } else if (comparison !== undefined) await context.print(driftRecords(comparison), target)
  else await context.print(format === 'table' ? overviewRecords(profile) : columnRecords(profile), target)
}

function withoutSketches(profile: Profile): Profile {
  return { ...profile, columns: profile.columns.map(({ sketches: _, ...column }) => column) }
}

// An address may hold a password.
function nameOf(paths: ReadonlyArray<string>, table: string | undefined): string {
  const names = paths.map((path) => {
    if (path === '-') return 'standard input'
    if (!URL.canParse(path) || !/^postgres(ql)?:/.test(path)) return path
    const { host, pathname } = new URL(path)
    return `postgres://${host}${pathname}${table === undefined ? '' : ` ${table}`}`
  })
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')
}

function summaryOf({ rows, columns, missingCells, duplicateRows, alerts, engine }: Profile): string {
  const personal = columns.filter(({ semantic }) => semantic.some((one) => one.personal)).length
  return [
    `${rows.toLocaleString('en-US')} rows, ${columns.length} columns by ${engine}`,
    `${missingCells.toLocaleString('en-US')} missing cells`,
    ...(duplicateRows === null ? [] : [`${duplicateRows.toLocaleString('en-US')} duplicate rows`]),
    `${alerts.length} alerts`,
    ...(personal === 0 ? [] : [`${personal} columns with personal data`]),
  ].join('; ')
}

function driftText({ drifted, tested, reference, schema }: ProfileComparison): string {
  const changes = [
    ...(schema.added.length > 0 ? [`added ${schema.added.join(', ')}`] : []),
    ...(schema.removed.length > 0 ? [`removed ${schema.removed.join(', ')}`] : []),
    ...(schema.retyped.length > 0 ? [`of another type ${schema.retyped.map(({ column }) => column).join(', ')}`] : []),
  ]
  return [`${drifted} of ${tested} columns drifted against ${reference.source}`, ...changes].join('; ')
}
