import { matrixFromDanfo, rowsFromDanfo, toDanfo } from '@nomaly/integration-danfo'

// In your program: import * as dfd from 'danfojs-node'
const frame = {
  columns: ['day', 'amount', 'paid'],
  dtypes: ['string', 'float32', 'float32'],
  shape: [2, 3],
  values: [
    ['2024-01-01', 12.5, true],
    ['2024-01-02', Number.NaN, Number.NaN],
  ],
}

console.log(rowsFromDanfo(frame, { dates: ['day'] }))
const { data, rows, columns, features } = matrixFromDanfo(frame, { columns: ['amount', 'paid'] })
console.log(rows, columns, features, data)

const dfd = {
  DataFrame: class {
    readonly values: unknown
    constructor(values: unknown) {
      this.values = values
    }
  },
}
console.log(toDanfo(dfd, [{ amount: 12.5, paid: true }]).values)
