import { describe, expect, it } from 'vitest'

import { gistOf, subjectAddress } from './event.ts'

const UUID = '5f0c1d9e-0b1c-4a3e-8f00-0123456789ab'

describe('where to see what an event is about', () => {
  it.each([
    ['nomaly.dataset.uploaded', 'd1', { datasetId: 'd1' }, '#/dataset?id=d1'],
    ['nomaly.detection.completed', UUID, { detectionId: UUID, resultId: UUID }, `#/result?id=${UUID}`],
    ['nomaly.anomaly.detected', UUID, { detectionId: UUID, resultId: UUID }, `#/result?id=${UUID}`],
    ['nomaly.anomaly.detected', 'pump', { detectionId: 'pump' }, '#/stream?name=pump'],
    ['nomaly.drift.detected', 'pump', { streamId: 'pump' }, '#/stream?name=pump'],
    ['nomaly.quality.analyzed', 'pumps.csv', { result: 'q1' }, '#/quality-result?id=q1'],
    ['nomaly.webhook.disabled', 'w1', { webhookId: 'w1' }, '#/webhook?id=w1'],
    // a detection whose result was not kept
    ['nomaly.anomaly.detected', UUID, { detectionId: UUID }, undefined],
    ['nomaly.profile.generated', 'pumps.csv', undefined, undefined],
  ])('%s about %s', (type, subject, data, address) => {
    expect(subjectAddress({ id: '1', source: '/x', type, subject, data })).toBe(address)
  })
})

describe('the gist of an event', () => {
  it.each([
    [{ rows: 60, datasetId: 'd1', name: 'pumps.csv', bytes: 9 }, 'name pumps.csv, rows 60'],
    [{ detectionId: 'pump', total: 2, anomalies: [{ index: 1 }] }, 'total 2'],
    [undefined, ''],
  ])('%j', (data, gist) => {
    expect(gistOf({ id: '1', source: '/x', type: 'nomaly.a.b', data })).toBe(gist)
  })
})
