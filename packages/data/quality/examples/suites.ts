import { fromZod, memoryEngine, recordsTable, suite, toJsonSchema, validate } from '@nomaly/data-quality'
import { z } from 'zod'

const order = z.object({ id: z.int(), amount: z.number().nonnegative(), status: z.enum(['paid', 'open']) })

// By hand: columns and arguments are completed and checked as you type.
const built = suite('orders', order)
  .expectColumnValuesToBeUnique({ column: 'id' })
  .expectColumnValuesToBeBetween({ column: 'amount', minValue: 0, mostly: 0.99 }, { severity: 'warning' })

// From a schema, and back to one.
const { suite: derived, untranslated } = fromZod(order, { name: 'orders' })
console.log(JSON.stringify(toJsonSchema(derived).document), untranslated)

const engine = memoryEngine(recordsTable([{ id: 1, amount: 5, status: 'lost' }]))
const both = { name: 'orders', expectations: [...built.expectations, ...derived.expectations] }
console.log((await validate(both, engine)).statistics)
