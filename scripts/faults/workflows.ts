// What runs while things break. Each is made through the public API, as anybody would.

const expr = (source: string) => ({ expr: source })

interface Drawn {
  key: string
  type: string
  params?: object
  parent?: string
  repeat?: object
  connection?: string
}

function drawing(nodes: readonly Drawn[], wires: readonly string[]) {
  return {
    format: 1,
    nodes: nodes.map((node) => ({ version: 1, params: {}, position: { x: 0, y: 0 }, ...node })),
    edges: wires.map((wire) => {
      const [source = '', to = ''] = wire.split(' -> ')
      const [from, port = 'out'] = source.split('.')
      return { from, port, to }
    }),
  }
}

const hook = (path: string, answer: 'at_once' | 'by_node') => ({
  key: 'hook',
  type: 'trigger.webhook',
  params: { method: 'POST', path, answer },
})

/** What the provider has to be told to know who called. */
function callTo(provider: string) {
  return (key: string, step: string, more: Partial<Drawn> = {}): Drawn => ({
    key,
    type: 'http.request',
    params: {
      method: 'POST',
      url: `${provider}/call`,
      body: { kind: 'json', json: { run: expr('run.id'), step: expr(step) } },
    },
    ...more,
  })
}

/** Branches, a join, a wait that lets go of its worker, a frame with two at once, a node that repeats. */
export function rich(provider: string, waitSeconds = 2) {
  const call = callTo(provider)
  return drawing(
    [
      hook('rich', 'at_once'),
      call('left', '"left"'),
      {
        key: 'pause',
        type: 'flow.wait',
        params: { wait: { kind: 'for', amount: waitSeconds, unit: 'seconds' } },
      },
      call('right', '"right"'),
      call('join', '"join"'),
      { key: 'each', type: 'flow.each', params: { list: [10, 20, 30], concurrency: 2 } },
      call('first', '"each[" + index + "].first"', { parent: 'each' }),
      call('second', '"each[" + index + "].second"', { parent: 'each' }),
      call('many', '"many[" + index + "]"', { repeat: { list: expr('["x", "y", "z"]'), concurrency: 2 } }),
    ],
    [
      'hook -> left',
      'hook -> pause',
      'pause -> right',
      'left -> join',
      'right -> join',
      'join -> each',
      'first -> second',
      'each -> many',
    ],
  )
}

/** Answers its caller: the shortest way there is. */
const answered = drawing(
  [
    hook('answered', 'by_node'),
    {
      key: 'fields',
      type: 'data.set',
      params: { fields: [{ name: 'runId', value: expr('run.id') }] },
    },
    { key: 'answer', type: 'flow.respond', params: { body: expr('input') } },
  ],
  ['hook -> fields', 'fields -> answer'],
)

/** Says something that must not be said twice. */
const told = (provider: string, connection: string) =>
  drawing(
    [
      hook('told', 'at_once'),
      {
        key: 'tell',
        type: 'slack.post',
        connection,
        params: { channel: '#faults', text: expr('run.id + " tell"') },
      },
      callTo(provider)('after', '"after"'),
    ],
    ['hook -> tell', 'tell -> after'],
  )

const called = (provider: string) =>
  drawing([{ key: 'start', type: 'trigger.called' }, callTo(provider)('work', '"work"')], ['start -> work'])

/** Waits for a run of another workflow. */
const calling = (provider: string, workflow: string) =>
  drawing(
    [
      hook('calling', 'at_once'),
      { key: 'child', type: 'flow.call', params: { workflow } },
      callTo(provider)('after', '"after"'),
    ],
    ['hook -> child', 'child -> after'],
  )

/** Every other second, by as many schedulers as there are. */
const scheduled = (provider: string) =>
  drawing(
    [
      { key: 'clock', type: 'trigger.schedule', params: { cron: '*/2 * * * * *', missed: 'all' } },
      callTo(provider)('tick', '"tick"'),
    ],
    ['clock -> tick'],
  )

/** Fails in the end, and undoes what it did. */
const undoing = (provider: string) => {
  const call = callTo(provider)
  return drawing(
    [
      hook('undoing', 'at_once'),
      call('reserve', '"reserve"'),
      call('charge', '"charge"'),
      { key: 'stop', type: 'flow.stop', params: { code: undoneBecause, message: 'Not today' } },
      call('free', '"undo(reserve).free"'),
      call('refund', '"undo(charge).refund"'),
    ],
    [
      'hook -> reserve',
      'reserve -> charge',
      'charge -> stop',
      'reserve.undo -> free',
      'charge.undo -> refund',
    ],
  )
}

/** Those of a lane go one after another. */
const ordered = (provider: string) => ({
  ...drawing([hook('ordered', 'at_once'), callTo(provider)('work', '"work"')], ['hook -> work']),
  settings: { orderingKey: expr('trigger.body.lane') },
})

/** The code that runs of *undoing* fail with. */
export const undoneBecause = 'not_today'

export const hookPaths = ['rich', 'answered', 'told', 'calling', 'undoing', 'ordered'] as const

/** Publishes them all; `publish` gives a workflow's id. */
export async function publishAll(
  publish: (name: string, document: object) => Promise<string>,
  { provider, connection }: { provider: string; connection: string },
) {
  await publish('rich', rich(provider))
  await publish('answered', answered)
  await publish('told', told(provider, connection))
  const workflow = await publish('called', called(provider))
  await publish('calling', calling(provider, workflow))
  await publish('scheduled', scheduled(provider))
  await publish('undoing', undoing(provider))
  await publish('ordered', ordered(provider))
}
