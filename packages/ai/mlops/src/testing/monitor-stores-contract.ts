import type { ClosedWindow, MonitorReports } from '../application/ports/monitor-reports.ts'
import type { MonitorRows } from '../application/ports/monitor-rows.ts'
import type { MonitorStore } from '../application/ports/monitor-store.ts'
import type { MonitorReport } from '../domain/monitoring/monitor-report.ts'
import type { MonitorSpec } from '../domain/monitoring/monitor-spec.ts'
import { type Case, expectCode, expectEqual } from './case.ts'

/** The three ports of monitoring over one store, which may hold what earlier tests left. */
export interface MonitorStores {
  readonly monitors: MonitorStore
  readonly monitorRows: MonitorRows
  readonly monitorReports: MonitorReports
}

/** What every store of monitoring must keep. */
export function monitorStoresContract(it: Case, make: () => Promise<MonitorStores>): void {
  it('keeps what a monitor watches until it is removed', async () => {
    const { monitors } = await make()
    const spec = freshSpec()
    const reference = [{ x: 1, kind: 'ä' }, { x: null }]
    expectEqual(await monitors.find(spec.name), undefined)
    const created = await monitors.create({ spec, reference })
    expectEqual(await monitors.find(spec.name), created)
    expectEqual([created.spec, created.reference], [spec, reference])
    await expectCode(monitors.create({ spec, reference }), 'mlops/already-exists')
    expectEqual((await monitors.list()).filter(({ name }) => name === spec.name).length, 1)
    await monitors.remove(spec.name)
    await monitors.remove(spec.name)
    expectEqual(await monitors.find(spec.name), undefined)
  })

  it('holds rows in the order of their coming, of one monitor only', async () => {
    const stores = await make()
    const [name, other] = [await defined(stores), await defined(stores)]
    const { monitorRows: rows } = stores
    await rows.append(other, [{ at: 9, row: { x: 9 } }])
    expectEqual(await rows.append(name, [{ at: 5, row: { x: 1 } }]), { rows: 1, from: 5, to: 5 })
    const waiting = await rows.append(name, [
      { at: 3, row: { x: 2 } },
      { at: 4, row: { x: null } },
    ])
    expectEqual(waiting, { rows: 3, from: 3, to: 5 })
    const found = await rows.waiting(name)
    expectEqual(
      found.map(({ at, row }) => [at, row]),
      [
        [5, { x: 1 }],
        [3, { x: 2 }],
        [4, { x: null }],
      ],
    )
    expectEqual(
      found.map(({ seq }, i) => seq > (found[i - 1]?.seq ?? -1)),
      [true, true, true],
    )
    await expectCode(rows.append(`${name} not`, []), 'mlops/not-found')
  })

  it('takes the rows of a window once', async () => {
    const stores = await make()
    const name = await defined(stores)
    const { monitorRows: rows, monitorReports: reports } = stores
    await rows.append(
      name,
      [1, 2, 3].map((at) => ({ at, row: { x: at } })),
    )
    const taken = (await rows.waiting(name)).slice(0, 2).map(({ seq }) => seq)
    expectEqual(await reports.close(windowOf(name, 'a', { taken })), true)
    expectEqual(await reports.close(windowOf(name, 'b', { taken })), false)
    expectEqual((await rows.waiting(name)).length, 1)
    expectEqual(await reports.find(`${name}/b`), undefined)
    expectEqual((await reports.find(`${name}/a`))?.report, windowOf(name, 'a', {}).report)
  })

  it('joins labels to answers, whichever comes first, the last one of an id', async () => {
    const stores = await make()
    const name = await defined(stores)
    const { monitorRows: rows, monitorReports: reports } = stores
    expectEqual(await rows.label(name, new Map<string, string | number>([['r1', 'early']])), [])
    const answers = new Map([
      ['r1', { p: 1 }],
      ['r2', { p: 2 }],
      ['r3', { p: 3 }],
    ])
    await reports.close(windowOf(name, 'a', { answers }))
    expectEqual(
      await rows.label(
        name,
        new Map<string, string | number>([
          ['r2', 0.5],
          ['nobody', 1],
        ]),
      ),
      [`${name}/a`],
    )
    await rows.label(name, new Map([['r1', 'late']]))
    expectEqual(
      [...(await rows.labelsOf(name, ['r1', 'r2', 'r3']))],
      [
        ['r1', 'late'],
        ['r2', 0.5],
      ],
    )
    expectEqual((await reports.find(`${name}/a`))?.answers, [
      { row: { p: 1 }, label: 'late' },
      { row: { p: 2 }, label: 0.5 },
      { row: { p: 3 } },
    ])
    const amended = { ...windowOf(name, 'a', {}).report, rows: 77 }
    await reports.amend(amended, [])
    expectEqual((await reports.find(`${name}/a`))?.report, amended)
  })

  it('forgets what is old, and nothing else', async () => {
    const stores = await make()
    const name = await defined(stores)
    const { monitors, monitorRows: rows, monitorReports: reports } = stores
    await rows.append(name, [{ at: 1, row: { x: 1 } }])
    for (const [id, to] of [
      ['old', 10],
      ['new', 20],
    ] as const)
      await reports.close(windowOf(name, id, { to, answers: new Map([[`row of ${id}`, { p: 1 }]]) }))
    await rows.label(
      name,
      new Map([
        ['row of old', 'x'],
        ['row of new', 'y'],
      ]),
    )
    await monitors.remove(name, 20)
    expectEqual(
      (await reports.list(name)).items.map(({ id }) => id),
      [`${name}/new`],
    )
    expectEqual((await reports.find(`${name}/new`))?.answers, [{ row: { p: 1 }, label: 'y' }])
    expectEqual((await rows.waiting(name)).length, 1)
    await monitors.remove(`${name} not`, 20)
  })

  it('lists reports by the time of their rows, newest first, in pages', async () => {
    const stores = await make()
    const name = await defined(stores)
    const { monitorReports: reports } = stores
    for (const [i, to] of [30, 10, 20, 20].entries()) await reports.close(windowOf(name, String(i), { to }))
    const first = await reports.list(name, { limit: 3 })
    expectEqual(
      first.items.map(({ id }) => id),
      [`${name}/0`, `${name}/3`, `${name}/2`],
    )
    const second = await reports.list(name, { limit: 3, pageToken: first.next ?? '' })
    expectEqual([second.items.map(({ to }) => to), second.next], [[10], undefined])
    expectEqual((await reports.list(name, { since: 20 })).items.length, 3)
    await expectCode(reports.list(name, { limit: 0 }), 'mlops/invalid-argument')
    await expectCode(reports.list(name, { limit: 3, pageToken: 'x' }), 'mlops/invalid-argument')
  })
}

function freshSpec(): MonitorSpec {
  return {
    name: `monitor-${crypto.randomUUID()}`,
    features: [{ name: 'x', kind: 'numeric' }],
    window: { by: 'size', size: 2 },
  }
}

async function defined({ monitors }: MonitorStores): Promise<string> {
  const spec = freshSpec()
  await monitors.create({ spec, reference: [{ x: 1 }] })
  return spec.name
}

function windowOf(
  monitor: string,
  id: string,
  { taken = [], answers = new Map(), to = 2 }: Partial<Pick<ClosedWindow, 'taken' | 'answers'>> & { to?: number },
): ClosedWindow {
  const findings: MonitorReport['findings'] = {
    features: [],
    driftedShare: 0,
    outputs: [],
    quality: [],
    duplicates: 0,
    estimated: [],
    realised: [],
    labelled: 0,
  }
  const report = { id: `${monitor}/${id}`, monitor, window: id, rows: 2, from: 1, to, at: 5, findings, alerts: [] }
  return { report, taken, answers, events: [] }
}
