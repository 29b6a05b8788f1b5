import type { JsonObject } from '../../kit/json.ts'
import type { DocumentNode, WorkflowDocument } from '../document.ts'

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

type More = Partial<Omit<DocumentNode, 'key' | 'type'>>

export const node = (key: string, type: string, more: More = {}): DocumentNode => ({
  ...{ key, type, version: 1, params: {}, position: { x: 0, y: 0 } },
  ...more,
})

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
