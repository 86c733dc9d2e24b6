import { METRIC_ALERTS, streamDetectors } from '@nomaly/ai-anomaly-detection/streaming'

// One metric with its times: beside the recent past, beside its time of day, beside the range seen so far.
const { detector, threshold = 1 } = METRIC_ALERTS
const watch = streamDetectors.create(detector.id, detector.parameters, { columns: 1, seed: 0 })
for (let minute = 0; minute < 3000; minute += 10) {
  const load = minute === 2700 ? 95 : 50 + 20 * Math.sin(minute / 229) + (minute % 7)
  const score = watch.scoreThenLearn([load], Date.UTC(2026, 0, 1, 0, minute))
  if (score >= threshold) console.log(`minute ${minute}: ${load} scores ${score.toFixed(2)}`)
}

// Its whole state is JSON: another process goes on with the same scores to the last bit.
const resumed = streamDetectors.restore(JSON.parse(JSON.stringify(watch)))
console.log(resumed.scoreOne([50]) === watch.scoreOne([50]))
