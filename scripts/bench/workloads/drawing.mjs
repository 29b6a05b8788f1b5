// A few words to draw workflows with.
const thread = (from, to, port = 'out') => ({ from, port, to })

export const expr = (source) => ({ expr: source })
export const node = (key, type, params = {}, more = {}) => ({
  key,
  type,
  version: 1,
  params,
  position: { x: 0, y: 0 },
  ...more,
})
export const hook = (path, answer) => node('hook', 'trigger.webhook', { method: 'POST', path, answer })
export const set = (key, fields, more) =>
  node(
    key,
    'data.set',
    { fields: Object.entries(fields).map(([name, value]) => ({ name, value })), keep: false },
    more,
  )
export const respond = (body = expr('input')) => node('answer', 'flow.respond', { body })

/** Nodes one after the other. */
export const chain = (nodes) => ({
  format: 1,
  nodes,
  edges: nodes
    .slice(1)
    .map(({ key }, at) => thread(nodes[at].key, key, nodes[at].type === 'flow.if' ? 'yes' : 'out')),
})
