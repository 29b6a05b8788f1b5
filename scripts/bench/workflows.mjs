// What is measured. Each is made through the public API, as anybody would.
const thread = (from, to, port = 'out') => ({ from, port, to })
const chain = (keys) => keys.slice(1).map((to, at) => thread(keys[at], to))
const node = (key, type, params = {}) => ({ key, type, version: 1, params, position: { x: 0, y: 0 } })
const set = (key, fields) =>
  node(key, 'data.set', {
    fields: Object.entries(fields).map(([name, value]) => ({ name, value })),
    keep: false,
  })

const expr = (source) => ({ expr: source })

/** W1: a webhook, three fields set, the answer. */
const answered = {
  format: 1,
  nodes: [
    node('hook', 'trigger.webhook', { method: 'POST', path: 'w1', answer: 'by_node' }),
    set('fields', {
      name: expr('trigger.body.name'),
      total: expr('trigger.body.price * trigger.body.quantity'),
      label: expr('trigger.body.name + " x " + trigger.body.quantity'),
    }),
    node('answer', 'flow.respond', { body: expr('input') }),
  ],
  edges: chain(['hook', 'fields', 'answer']),
}

const elements = Array.from({ length: 10 }, (_, at) => ({ id: at, price: at * 3, name: `thing ${at}` }))
const steps = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/** W2: a webhook that answers at once, then ten nodes over a list of ten. */
const inBackground = {
  format: 1,
  nodes: [
    node('hook', 'trigger.webhook', { method: 'POST', path: 'w2', answer: 'at_once' }),
    ...steps.map((key, at) =>
      set(key, {
        list: expr(
          at === 0
            ? 'trigger.body.list'
            : `steps.${steps[at - 1]}.list.map(one => ({ ...one, step${at}: one.price + ${at} }))`,
        ),
        count: expr(at === 0 ? 'trigger.body.list.length' : `steps.${steps[at - 1]}.count + 1`),
      }),
    ),
    node('if', 'flow.if', {
      conditions: { match: 'all', rules: [{ left: expr('steps.nine.count'), op: 'greater', right: 5 }] },
    }),
  ],
  edges: chain(['hook', ...steps, 'if']),
}

export const workloads = [
  {
    name: 'W1 webhook → set → respond',
    path: 'w1',
    document: answered,
    body: { name: 'mug', price: 12.5, quantity: 4 },
    answersItself: true,
  },
  {
    name: 'W2 webhook → ten nodes',
    path: 'w2',
    document: inBackground,
    body: { list: elements },
    answersItself: false,
  },
]
