import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
  ExtractorMessageCategory,
  type IConfigFile,
} from '@microsoft/api-extractor'

import { entriesOf, type Room } from '../rooms.ts'

/** The public surface of one entry, as text, and what is wrong with it. */
export interface ApiReport {
  /** Where the committed report stands, from the root of the workspace. */
  readonly path: string
  readonly text: string
  readonly problems: ReadonlyArray<string>
}

const SILENT = { logLevel: ExtractorLogLevel.None, addToApiReportFile: false }

/**
 * Reads the built declarations of every entry of a room.
 * @param scratch - an absolute folder for api-extractor's own files
 */
export function reportsOf(root: string, room: Room, scratch: string): ReadonlyArray<ApiReport> {
  const entries = entriesOf(room.manifest)
  const missing = entries.filter(({ types }) => !existsSync(join(root, room.folder, types)))
  if (missing.length > 0) {
    const names = missing.map(({ types }) => `${room.folder}/${types.slice(2)}`).join(', ')
    throw new Error(`${room.manifest.name} is not built: ${names} is missing (npx -y pnpm@12 run build)`)
  }
  const configs = entries.map(({ subpath, types }) => configOf(root, room, subpath, types, scratch))
  const [first] = configs
  if (first === undefined) return []
  const files = configs.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath)
  const compilerState = CompilerState.create(first, { additionalEntryPoints: files })
  return configs.map((config) => extract(room, config, compilerState))
}

function extract(room: Room, config: ExtractorConfig, compilerState: CompilerState): ApiReport {
  const problems: string[] = []
  Extractor.invoke(config, {
    localBuild: true,
    compilerState,
    messageCallback: (message) => {
      const problem = problemOf(message)
      if (problem !== undefined) problems.push(`${room.manifest.name}: ${problem}`)
      message.logLevel = ExtractorLogLevel.None
      message.handled = true
    },
  })
  const [report] = config.reportConfigs
  if (report === undefined) throw new Error(`api-extractor made no report for ${room.manifest.name}`)
  const text = readFileSync(join(config.reportFolder, report.fileName), 'utf8')
  return { path: `${room.folder}/${report.fileName}`, text, problems }
}

function problemOf(message: ExtractorMessage): string | undefined {
  const { messageId, category, text, logLevel } = message
  if (messageId === 'ae-undocumented') return hasNoComment(message) ? `${text} (${linePlace(message)})` : undefined
  return category === ExtractorMessageCategory.Compiler || logLevel === ExtractorLogLevel.Error ? text : undefined
}

// Members explain themselves by name and type where they can, and tags may say all there is to say: what must not be is
// an export without any comment.
function hasNoComment({ sourceFilePath, sourceFileLine }: ExtractorMessage): boolean {
  if (sourceFilePath === undefined || sourceFileLine === undefined) return true
  const lines = readFileSync(sourceFilePath, 'utf8').split('\n')
  const isMember = /^\s/.test(lines[sourceFileLine - 1] ?? '')
  return !isMember && lines[sourceFileLine - 2]?.trimEnd().endsWith('*/') !== true
}

function linePlace({ sourceFilePath = '', sourceFileLine = 0 }: ExtractorMessage): string {
  return `${basename(sourceFilePath)}:${sourceFileLine}`
}

function configOf(root: string, room: Room, subpath: string, types: string, scratch: string): ExtractorConfig {
  const folder = join(root, room.folder)
  const suffix = subpath === '.' ? '' : `.${subpath.slice(2).replaceAll('/', '-')}`
  const reportFolder = join(scratch, room.folder)
  mkdirSync(reportFolder, { recursive: true })
  const configObject: IConfigFile = {
    projectFolder: folder,
    mainEntryPointFilePath: join(folder, types),
    newlineKind: 'lf',
    compiler: {
      overrideTsconfig: {
        compilerOptions: {
          target: 'es2024',
          lib: ['es2024'],
          module: 'nodenext',
          moduleResolution: 'nodenext',
          types: ['node'],
          strict: true,
          skipLibCheck: true,
          allowImportingTsExtensions: true,
          noEmit: true,
        },
        files: [join(folder, types)],
      },
    },
    apiReport: {
      enabled: true,
      reportFileName: `${room.shortName}${suffix}.api.md`,
      reportFolder,
      reportTempFolder: join(reportFolder, 'temporary'),
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: {
      compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
      extractorMessageReporting: {
        default: SILENT,
        'ae-undocumented': { logLevel: ExtractorLogLevel.Error, addToApiReportFile: false },
        'ae-forgotten-export': { logLevel: ExtractorLogLevel.None, addToApiReportFile: true },
      },
      tsdocMessageReporting: { default: SILENT },
    },
  }
  return ExtractorConfig.prepare({
    configObject,
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, 'package.json'),
  })
}
