// What is measured. Each is made through the public API, as anybody would.
import { chain, expr, hook, node, respond, set } from './drawing.mjs'

const order = { name: 'mug', price: 12.5, quantity: 4 }
const elements = (count) =>
  Array.from({ length: count }, (_, at) => ({ id: at, price: at * 3, name: `thing ${at}` }))
const threeFields = set('fields', {
  name: expr('trigger.body.name'),
  total: expr('trigger.body.price * trigger.body.quantity'),
  label: expr('trigger.body.name + " x " + trigger.body.quantity'),
})
const steps = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/** A webhook, three fields set, the answer. */
export const simplest = (id) => ({
  id,
  name: 'W1 webhook → set → respond',
  document: chain([hook(id, 'by_node'), threeFields, respond()]),
  body: order,
  answersItself: true,
})

/** A webhook that answers at once, then ten nodes over a list of ten. */
const w2 = {
  id: 'w2',
  name: 'W2 webhook → ten nodes',
  document: chain([
    hook('w2', 'at_once'),
    ...steps.map((key, at) => {
      const before = `steps.${steps[at - 1]}`
      return set(key, {
        list: expr(
          at === 0
            ? 'trigger.body.list'
            : `${before}.list.map(one => ({ ...one, step${at}: one.price + ${at} }))`,
        ),
        count: expr(at === 0 ? 'trigger.body.list.length' : `${before}.count + 1`),
      })
    }),
    node('if', 'flow.if', {
      conditions: { match: 'all', rules: [{ left: expr('steps.nine.count'), op: 'greater', right: 5 }] },
    }),
  ]),
  body: { list: elements(10) },
  answersItself: false,
}

/** A webhook, code over a list of a hundred, the answer. */
const w3 = {
  id: 'w3',
  name: 'W3 webhook → code → respond',
  document: chain([
    hook('w3', 'by_node'),
    node('code', 'code.run', {
      code: 'const total = list.reduce((sum, one) => sum + one.price, 0)\nreturn { total, names: list.map((one) => one.name.toUpperCase()) }',
      values: [{ name: 'list', value: expr('trigger.body.list') }],
    }),
    respond(),
  ]),
  body: { list: elements(100) },
  answersItself: true,
}

/** A webhook, a request to a server that takes 1 ms, a condition, the answer. */
const w4 = (upstream) => ({
  id: 'w4',
  name: 'W4 webhook → HTTP → if → respond',
  document: chain([
    hook('w4', 'by_node'),
    node('fetch', 'http.request', { method: 'GET', url: `${upstream}/price` }),
    node('if', 'flow.if', {
      conditions: {
        match: 'all',
        rules: [{ left: expr('steps.fetch.body.price'), op: 'greater', right: 5 }],
      },
    }),
    respond(expr('steps.fetch.body')),
  ]),
  body: order,
  answersItself: true,
})

/** What an asynchronous accept is measured with: a webhook that answers at once, three fields set. */
export const accepted = {
  id: 'accept',
  name: 'accept at once → set',
  document: chain([hook('accept', 'at_once'), threeFields]),
  body: order,
  answersItself: false,
}

export const workloads = (upstream) => [simplest('w1'), w2, w3, w4(upstream)]
