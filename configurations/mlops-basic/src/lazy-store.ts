import type { MlopsStore } from '@nomaly/ai-mlops/node'

/** A store whose file is opened, and made, by the first call of any of its members. `close` of one never opened does nothing. */
export function lazyStore(open: () => MlopsStore): MlopsStore {
  let opened: MlopsStore | undefined
  const store = (): MlopsStore => (opened ??= open())
  const port = <K extends Port>(name: K): MlopsStore[K] => lazyPort(() => store()[name])
  return {
    experiments: port('experiments'),
    runs: port('runs'),
    log: port('log'),
    sampler: port('sampler'),
    loggedModels: port('loggedModels'),
    artifacts: port('artifacts'),
    purger: port('purger'),
    registeredModels: port('registeredModels'),
    modelVersions: port('modelVersions'),
    promotions: port('promotions'),
    approvals: port('approvals'),
    outbox: port('outbox'),
    subscriptions: port('subscriptions'),
    archive: port('archive'),
    webhooks: port('webhooks'),
    endpoints: port('endpoints'),
    predictions: port('predictions'),
    monitors: port('monitors'),
    monitorRows: port('monitorRows'),
    monitorReports: port('monitorReports'),
    drift: port('drift'),
    pipelines: port('pipelines'),
    stepOutputs: port('stepOutputs'),
    compact: async () => store().compact(),
    backup: async (path) => store().backup(path),
    close: async () => opened?.close(),
  }
}

type Port = Exclude<keyof MlopsStore, 'compact' | 'backup' | 'close'>

function lazyPort<T extends object>(port: () => T): T {
  // every member of a port is a function, so a call is the only way in
  const target: Partial<T> = {}
  return new Proxy(target, {
    get: (_, name) =>
      name === 'then' // a port is no promise: `await port` must not open the file
        ? undefined
        : (...args: ReadonlyArray<unknown>): unknown => {
            const member: unknown = Reflect.get(port(), name)
            if (typeof member !== 'function') throw new TypeError(`the store has no ${String(name)}`)
            return Reflect.apply(member, undefined, args)
          },
  }) as T
}
