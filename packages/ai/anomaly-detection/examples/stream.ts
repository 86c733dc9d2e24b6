import { createMemoryEventPublisher, randomIds, systemClock } from '@nomaly/ai-anomaly-detection'
import { StreamingService } from '@nomaly/ai-anomaly-detection/streaming'

// Any iterable will do: a socket, a queue, a Node stream, a generator. This pump breaks at 1500 and runs hotter from 2000 on.
async function* pump() {
  for (let second = 0; second < 4000; second++) {
    const noise = ((second * 7919) % 1009) / 1009
    const heat = 60 + noise + (second >= 2000 ? 5 : 0)
    yield { at: Date.UTC(2026, 0, 1) + second * 1000, heat, flow: second === 1500 ? 0 : 9 + ((second * 31) % 97) / 97 }
  }
}

const events = createMemoryEventPublisher()
const service = new StreamingService({ events, clock: systemClock, ids: randomIds })
const stream = service.open({
  name: 'pump',
  features: ['heat', 'flow'],
  time: 'at',
  detector: 'rcf',
  falseAlarms: 0.001,
  drift: { watch: 'features', policy: 'retrain' },
})

for await (const { index, alarm, attribution, drift } of stream.run(pump())) {
  const [most] = attribution?.toSorted((a, b) => b.high + b.low - a.high - a.low) ?? []
  if (alarm === 'start') console.log(`sample ${index}: ${most?.feature} is too ${most?.high ? 'high' : 'low'}`)
  for (const { feature, from, to } of drift?.features ?? []) {
    console.log(`sample ${index}: ${feature} moved from ${from.mean.toFixed(1)} to ${to.mean.toFixed(1)}`)
  }
}
console.log(events.published().map(({ type }) => type))

// Its state is JSON: after a restart it goes on with the same scores.
const resumed = service.open({ from: JSON.parse(JSON.stringify(stream)) })
console.log(resumed.push({ at: Date.UTC(2026, 0, 2), heat: 65.5, flow: 9.5 })[0]?.score)
