import type { JsonObject } from '../../kit/json.ts'
import { noRetry } from '../../kit/reliability.ts'
import type { DocumentNode, WorkflowDocument } from '../document.ts'
import type { FindNode, NodeInfo } from '../node-info.ts'

/** Test builders: `drawing([manual('start'), log('end')], 'start > end')`. */
export function drawing(nodes: readonly DocumentNode[], ...edges: string[]): WorkflowDocument {
  return {
    format: 1,
    nodes: [...nodes],
    edges: edges.map((edge) => {
      const [out = '', to = ''] = edge.split(' > ')
      const [from = '', port = 'out'] = out.split(':')
      return { from, port, to }
    }),
  }
}

/** These nodes with an agent among them that takes any as a tool. */
export const withAgent =
  (find: FindNode): FindNode =>
  (type, version) =>
    type === 'test.agent' && version === 1 ? agentInfo : find(type, version)

const agentInfo: NodeInfo = {
  ...{ id: 'test.agent', version: 1, role: 'step', title: 'Agent', summary: 'Uses tools.', group: 'agent' },
  ...{ icon: 'bot', line: '{model}', takesTools: true, effect: 'none', ports: ['out'], examples: [] },
  ...{
    retry: noRetry,
    timeoutMs: 60_000,
    output: { type: 'object', properties: { text: { type: 'string' } } },
  },
  outputLike: { schema: 'output.schema', at: 'data' },
  params: {
    type: 'object',
    properties: {
      model: { type: 'string', title: 'Model' },
      output: {},
      fallback: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            connection: { type: 'string', widget: 'connection', kinds: ['model.anthropic'] },
            model: { type: 'string' },
          },
        },
      },
    },
  },
  connection: { kinds: ['model.anthropic'], required: false },
}

type More = Partial<Omit<DocumentNode, 'key' | 'type'>>

export const node = (key: string, type: string, more: More = {}): DocumentNode => ({
  ...{ key, type, version: 1, params: {}, position: { x: 0, y: 0 } },
  ...more,
})

export const agent = (key: string, params: JsonObject = {}, more: More = {}) =>
  node(key, 'test.agent', { params, ...more })
export const manual = (key = 'start', params: JsonObject = {}) => node(key, 'trigger.manual', { params })
export const webhook = (key: string, params: JsonObject = {}) =>
  node(key, 'trigger.webhook', { params: { path: key.replaceAll('_', '-'), ...params } })
export const log = (key: string, more: More = {}) =>
  node(key, 'flow.log', { params: { message: 'x' }, ...more })
export const set = (key: string, fields: JsonObject = {}, more: More = {}) =>
  node(key, 'data.set', {
    params: { fields: Object.entries(fields).map(([name, value]) => ({ name, value })) },
    ...more,
  })
export const each = (key: string, more: More = {}) =>
  node(key, 'flow.each', { params: { list: [1, 2] }, ...more })
