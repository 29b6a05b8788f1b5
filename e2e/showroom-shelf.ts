import type { Drawing } from './showroom.ts'

/** What Bakery publishes: a first version, what it becomes, and what Acme made of it meanwhile. */
const drawing = (words: { thanks: string; text: string }, more: Pick<Drawing, 'nodes' | 'edges'>) => ({
  format: 1,
  nodes: [
    {
      key: 'form',
      type: 'trigger.form',
      version: 1,
      name: 'Cake form',
      params: {
        path: 'cakes',
        title: 'Order a cake',
        description: 'We bake every day but Monday.',
        fields: [
          { name: 'name', label: 'Your name', kind: 'text', required: true, options: [] },
          { name: 'cake', label: 'Which cake?', kind: 'text', required: true, options: [] },
        ],
        answer: 'thanks',
        thanks: words.thanks,
      },
      position: { x: 0, y: 0 },
    },
    {
      key: 'tell',
      type: 'slack.post',
      version: 1,
      name: 'Tell the bakery',
      params: { channel: '#orders', text: { expr: words.text } },
      position: { x: 300, y: 0 },
    },
    ...more.nodes,
  ],
  edges: [{ from: 'form', port: 'out', to: 'tell' }, ...more.edges],
})

export const cakesFirst = drawing(
  { thanks: 'Thank you!', text: '`${trigger.fields.name} wants: ${trigger.fields.cake}`' },
  { nodes: [], edges: [] },
)

export const cakesNext = drawing(
  {
    thanks: 'Thank you! Your cake is ready tomorrow at ten.',
    text: '`New cake for ${trigger.fields.name}: ${trigger.fields.cake}`',
  },
  {
    nodes: [
      {
        key: 'count',
        type: 'state.add',
        version: 1,
        name: 'Count cakes',
        params: { key: 'cakes', by: 1 },
        position: { x: 600, y: 0 },
      },
    ],
    edges: [{ from: 'tell', port: 'out', to: 'count' }],
  },
)

/** How an item asks for a Slack connection. */
const itsSlack = {
  ...{ kind: 'connection', key: 'slack', label: 'Slack', help: '', kinds: ['slack.bot'], required: true },
  targets: [{ node: 'tell', path: ['connection'] }],
}

export const cakesItem = {
  name: 'Cake orders',
  summary: 'A form for cakes, and a message to the bakery for each.',
  icon: 'clipboard-list',
  tags: ['form', 'orders'],
  readme:
    'Share the address of the form. Each order is told to your channel.\n\n## What you need\n\n- **Slack**.',
  parameters: [itsSlack],
}
