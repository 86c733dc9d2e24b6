import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'

import type { CommandSettings } from '@nomaly/ai-anomaly-detection/cli'

import type { GlobalFlags } from '../global-flags.ts'
import type { NomalyIo } from '../io.ts'
import { readConfigFile } from './config-file.ts'
import { type NomalyConfig, parseConfig } from './nomaly-config.ts'

/** What holds for a run, with every default filled in. */
export interface Settings extends CommandSettings, Pick<NomalyConfig, 'retention'> {
  /** The folder that models and results are kept in; absolute. */
  readonly data: string
  readonly quiet: boolean
  /** Threads that share long work, >= 1. */
  readonly threads: number
  /** The configuration file that was read. */
  readonly configFile: string | undefined
}

const DEFAULT_THREADS = 16 // on larger machines people say how much of it they want

const NUMBERS: ReadonlySet<string> = new Set(['contamination', 'seed', 'threads'])
const KEYS = ['data', 'detector', 'contamination', 'seed', 'threads', 'missing', 'encode', 'format', 'quiet'] as const

/** Flags, then the environment, then the configuration file, then defaults. @throws NomalyError `invalid-configuration` */
export async function readSettings(flags: GlobalFlags, { env, cwd }: NomalyIo): Promise<Settings> {
  const file = await readConfigFile(flags.config, cwd)
  const { data: fileData, ...fromFile } = file?.config ?? {}
  const { data: environmentData, ...fromEnvironment } = readEnvironment(env)
  const data = flags.data ?? environmentData
  const quiet = flags.quiet ?? fromEnvironment.quiet ?? fromFile.quiet ?? false
  return {
    ...fromFile,
    ...fromEnvironment,
    quiet,
    threads: fromEnvironment.threads ?? fromFile.threads ?? Math.min(availableParallelism(), DEFAULT_THREADS),
    data: data === undefined ? resolve(file?.folder ?? cwd, fileData ?? 'nomaly-data') : resolve(cwd, data),
    configFile: file?.path,
  }
}

// NOMALY_DETECTOR, NOMALY_SEED, ...: the keys of the file in capitals. An empty one counts as unset.
function readEnvironment(env: NomalyIo['env']): NomalyConfig {
  const given: Record<string, unknown> = {}
  for (const key of KEYS) {
    const text = env[`NOMALY_${key.toUpperCase()}`]
    if (text === undefined || text === '') continue
    if (key === 'quiet') given[key] = text !== '0' && text !== 'false'
    else given[key] = NUMBERS.has(key) && !Number.isNaN(Number(text)) ? Number(text) : text
  }
  return Object.keys(given).length === 0
    ? {}
    : parseConfig(given, 'environment', (key) => `NOMALY_${key.toUpperCase()}`)
}
