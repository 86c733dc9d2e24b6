import type { DetectionWork, OnnxCommandContext, WatchCommandContext } from '@nomaly/ai-anomaly-detection/cli'
import type { MlopsCommandContext } from '@nomaly/ai-mlops/cli'
import type { ProfileCommandContext } from '@nomaly/data-profiling/cli'
import type { SuggestCommandContext, SuiteCommandContext } from '@nomaly/data-quality/cli'
import type { MlflowCommandContext } from '@nomaly/integration-mlflow/cli'

import type { GlobalFlags } from './global-flags.ts'
import type { NomalyIo } from './io.ts'
import { createNotes } from './notes.ts'
import type { Settings } from './settings/settings.ts'
import { nomalyVersion } from './version.ts'

/** What the commands of every package are given. */
export interface NomalyContext
  extends
    OnnxCommandContext,
    Omit<WatchCommandContext, keyof OnnxCommandContext>,
    Omit<ProfileCommandContext, keyof OnnxCommandContext>,
    Omit<SuggestCommandContext, keyof OnnxCommandContext>,
    Omit<SuiteCommandContext, keyof OnnxCommandContext>,
    Omit<MlopsCommandContext, keyof OnnxCommandContext>,
    Omit<MlflowCommandContext, keyof OnnxCommandContext> {
  readonly useGlobalFlags: (flags: GlobalFlags) => void
  readonly settings: () => Promise<Settings>
  readonly exitCode: () => number
  /** Stops what was started. */
  readonly close: () => Promise<void>
}

const READING_THREADS = 8 // what they read must pass through the one thread that puts it together

/** Wires the commands to this process: files, folders, streams, and a thread for long work. */
export function createContext(io: NomalyIo): NomalyContext {
  const { signal } = io
  const notes = createNotes(io.stderr)
  let flags: GlobalFlags = {}
  let exitCode = 0
  const settings = once(async () => {
    const { readSettings } = await import('./settings/settings.ts')
    const read = await readSettings(flags, io)
    notes.beQuiet(read.quiet)
    return read
  })
  let threads: number | undefined
  const thread = once(async () => {
    const { startWorkThread } = await import('./work/work-thread.ts')
    const { data, threads: set } = await settings()
    return startWorkThread({ dataPath: data, threads: threads ?? set }, signal)
  })
  const services = once(async () => {
    const { createBasicAnomalyDetectionConfiguration } = await import('@nomaly/configuration-anomaly-detection-basic')
    return createBasicAnomalyDetectionConfiguration({ dataPath: (await settings()).data }).createServices()
  })
  let places: { readonly artifactFolder?: string | undefined; readonly allowLocalWebhooks?: boolean | undefined } = {}
  const mlops = once(async () => {
    const { openMlops } = await import('./mlops/open-mlops.ts')
    return openMlops({ dataPath: (await settings()).data, ...places }, (text) => notes.note(text, 'warning'))
  })
  return {
    signal,
    settings,
    env: io.env,
    mlops: async () => (await mlops()).services,
    mlflow: async (given) => {
      places = given
      return (await mlops()).mlflow
    },
    readBytes: async function* (path) {
      const { readBytes } = await import('./mlops/bytes.ts')
      yield* readBytes(path, io.stdin)
    },
    writeBytes: async (path, content) => {
      const { writeBytes } = await import('./mlops/bytes.ts')
      await writeBytes(path, content, io.stdout)
    },
    useGlobalFlags: (given) => {
      flags = given
      notes.beQuiet(given.quiet === true)
    },
    openTable: async (source) => {
      const { createFileTables } = await import('@nomaly/integration-files')
      const wanted = threads ?? (await settings()).threads
      return createFileTables({ stdin: io.stdin, threads: Math.min(wanted, READING_THREADS) }).open(source)
    },
    readText: async (path) => {
      const { readBytes } = await import('./mlops/bytes.ts')
      const parts: Uint8Array[] = []
      for await (const part of readBytes(path, io.stdin)) parts.push(part)
      return Buffer.concat(parts).toString('utf8')
    },
    work: async (asked): Promise<DetectionWork> => {
      threads = asked.threads
      return (await thread()).work
    },
    models: async () => (await services()).models,
    registeredModels: async (choice) => {
      const { registeredModels } = await import('./mlops/registered-models.ts')
      return registeredModels(async () => (await mlops()).services.registry, (await settings()).data, choice)
    },
    tracking: {
      fit: async (fit) => {
        const { trackFit } = await import('./mlops/track-fit.ts')
        const { tracker, services: opened } = await mlops()
        return trackFit(fit, { tracker, registry: opened.registry, dataPath: (await settings()).data })
      },
      failedFit: async (fit) => (await import('./mlops/track-fit.ts')).trackFailedFit(fit, (await mlops()).tracker),
      evaluation: async (evaluation) =>
        (await import('./mlops/track-evaluation.ts')).trackEvaluation(evaluation, (await mlops()).tracker),
    },
    results: {
      open: async (place) => {
        const { openResultRoom } = await import('./results/open-result-room.ts')
        const { data, threads: set } = await settings()
        const tables = { stdin: io.stdin, threads: Math.min(threads ?? set, READING_THREADS) }
        return openResultRoom({ dataPath: place === 'kept' ? data : undefined, tables, signal })
      },
      printText: async (text, file) => {
        const { printText } = await import('./output/print-text.ts')
        notes.progress(undefined)
        await printText(text, file, io.stdout)
      },
      version: nomalyVersion(),
    },
    exporting: async () => (await services()).exporting,
    importing: async () => (await services()).importing,
    samples: async () => (await import('./watch/open-watch.ts')).sampleReader(io),
    watchState: async (path) => (await import('./watch/open-watch.ts')).stateFile(path),
    entities: async (statePath) => (await import('./watch/open-watch.ts')).openEntities(statePath),
    write: async (text) => {
      const { openStream } = await import('./output/sinks.ts')
      await openStream(io.stdout).write(text)
    },
    sizeOf: async (path) => (await (await import('node:fs/promises')).stat(path)).size,
    load: async (path) => (await import('node:fs/promises')).readFile(path),
    openProfileSource: async (source) => {
      const [{ openTable }, { PROFILE_ENGINES }] = await Promise.all([
        import('./tables/open-table.ts'),
        import('./tables/profile-engines.ts'),
      ])
      return openTable(source, PROFILE_ENGINES, { stdin: io.stdin, signal, note: notes.note })
    },
    openCheckSource: async (source) => {
      const [{ openTable }, { CHECK_ENGINES }] = await Promise.all([
        import('./tables/open-table.ts'),
        import('./tables/check-engines.ts'),
      ])
      return openTable(source, CHECK_ENGINES, { stdin: io.stdin, signal, note: notes.note })
    },
    makeProfile: async (source, options) => {
      const { makeProfile } = await import('./tables/make-profile.ts')
      notes.progress('opening the table')
      return makeProfile(source, options, {
        stdin: io.stdin,
        signal,
        note: notes.note,
        onProgress: ({ done, total, what }) => notes.progress(`profiling: ${done} of ${total}, ${what}`),
      })
    },
    parseDocument: async (text) => (await import('@nomaly/data-quality/node')).parseDocumentText(text),
    documentText: async (data, format) => (await import('@nomaly/data-quality/node')).documentText(data, format),
    parseSuite: async (text, options) => (await import('@nomaly/data-quality/node')).parseSuite(text, options),
    openResults: async (path) => (await import('@nomaly/data-quality/node')).openQualityStore({ path }),
    rowSplitter: async (engine, target) => (await import('@nomaly/data-quality/node')).fileSplitter(engine, target),
    printText: async (text, file) => {
      const { printText } = await import('./output/print-text.ts')
      notes.progress(undefined)
      await printText(text, file, io.stdout)
    },
    save: async (path, bytes) => (await import('./output/save-file.ts')).saveFile(path, bytes),
    print: async (records, target) => {
      const { printRecords } = await import('./output/print-records.ts')
      notes.progress(undefined)
      await printRecords(records, target, { stdout: io.stdout, signal, format: (await settings()).format })
    },
    formatOf: async (target) => {
      const { outputFormatOf } = await import('./output/output-format-of.ts')
      return outputFormatOf(target, { stdout: io.stdout, format: (await settings()).format })
    },
    isTerminal: ({ file }) => file === undefined && io.stdout.isTTY === true,
    draw: async (picture) => {
      const { drawPicture } = await import('./output/draw-picture.ts')
      notes.progress(undefined)
      await drawPicture(picture, io.stdout)
    },
    note: notes.note,
    progress: notes.progress,
    exitWith: (code) => {
      exitCode = code
    },
    exitCode: () => exitCode,
    close: async () => {
      notes.progress(undefined)
      if (thread.wasCalled()) await (await thread().catch(() => undefined))?.close()
      if (mlops.wasCalled()) await (await mlops().catch(() => undefined))?.close()
    },
  }
}

function once<T>(make: () => Promise<T>): (() => Promise<T>) & { readonly wasCalled: () => boolean } {
  let made: Promise<T> | undefined
  return Object.assign(() => (made ??= make()), { wasCalled: () => made !== undefined })
}
