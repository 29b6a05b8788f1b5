import { EditorView } from '@codemirror/view'
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { IntlProvider } from 'use-intl'
import { afterEach, describe, expect, it } from 'vitest'
import { messages } from '#client/lib/messages/en.ts'
import { findInfo } from '#nodes/catalog-info.ts'
import type { DocumentNode, Problem } from '#nodes/graph/document.ts'
import { DataPanel } from './DataPanel.tsx'
import { NodeForm, type NodeFormProps } from './NodeForm.tsx'
import { usePicking } from './picking.ts'
import type { FieldScope } from './scope.ts'

const orders = { orders: [{ id: 7, customer: 'Ada' }], count: 1 }
const scope: FieldScope = {
  types: { steps: { type: 'object', properties: { get: { type: 'object' } } } },
  values: { steps: { get: orders } },
  sources: [
    {
      key: 'get',
      path: 'steps.get',
      title: 'Get orders',
      icon: 'globe',
      group: 'app',
      schema: { type: 'object' },
      sample: orders,
    },
  ],
}

let node: DocumentNode
function Form(about: {
  start: DocumentNode
  problems?: Problem[]
  tool?: boolean
  onNewConnection?: NodeFormProps['onNewConnection']
}) {
  const { start, problems = [], tool = false, onNewConnection } = about
  const [held, setHeld] = useState(start)
  const picking = usePicking()
  node = held
  const info = findInfo(held.type, 1)
  if (!info) return null
  return (
    <IntlProvider locale="en" messages={messages} timeZone="UTC">
      <DataPanel sources={scope.sources} picking={picking} />
      <NodeForm
        node={held}
        info={info}
        problems={problems}
        scope={scope}
        picking={picking}
        tool={tool}
        onNewConnection={onNewConnection}
        onChange={(patch) => setHeld((old) => ({ ...old, ...patch }))}
      />
    </IntlProvider>
  )
}

const show = (type: string, params: DocumentNode['params'] = {}, problems: Problem[] = []) =>
  render(
    <Form start={{ key: 'it', type, version: 1, params, position: { x: 0, y: 0 } }} problems={problems} />,
  )

const textbox = (name: string) => screen.getByRole('textbox', { name })

/** The editor behind a text box: happy-dom does not do contenteditable, so words are put in as the editor does. */
function editor(name: string): EditorView {
  const view = EditorView.findFromDOM(textbox(name))
  if (!view) throw new Error(`${name} is no editor`)
  return view
}
const write = (name: string, text: string) =>
  act(() => {
    const view = editor(name)
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } })
  })
const toggle = (field: string, to: 'Fixed' | 'Computed') =>
  userEvent.click(
    within(screen.getByRole('group', { name: `${field}: fixed or computed` })).getByRole('button', {
      name: to,
    }),
  )

afterEach(cleanup)

describe('fixed and computed', () => {
  it('keeps what was written on either side', async () => {
    show('http.request', { url: 'https://a.example' })
    await toggle('URL', 'Computed')
    expect(node.params.url).toEqual({ expr: '"https://a.example"' })
    write('URL', '"https://" + steps.get.count')
    await toggle('URL', 'Fixed')
    expect(node.params.url).toBe('https://a.example')
    await toggle('URL', 'Computed')
    expect(node.params.url).toEqual({ expr: '"https://" + steps.get.count' })
  })

  it('is not offered for a static field', () => {
    show('trigger.webhook', { path: 'new-order' })
    expect(textbox('Path')).toHaveProperty('value', 'new-order')
    expect(screen.queryByRole('group', { name: /fixed or computed/ })).toBeNull()
  })

  it('shows what the expression gives with the last run', async () => {
    show('flow.each', { list: { expr: 'steps.get.orders' } })
    expect(await screen.findByText('[{id: 7, customer: "Ada"}]')).toBeTruthy()
    write('List', 'steps.get.nothing')
    expect(await screen.findByText(/steps\.get\.nothing/)).toBeTruthy()
  })
})

describe('picked data', () => {
  it('stands as a pill with its value', () => {
    show('flow.stop', { message: { expr: '`No ${steps.get.orders[0].customer}!`' } })
    expect(textbox('Message').textContent).toContain('Ada')
    expect(textbox('Message').textContent).toContain('No ')
    expect(textbox('Message').textContent).not.toContain('${')
  })

  it('goes from the panel to the field last focused, by keyboard alone', async () => {
    show('flow.stop', { message: 'Count: ' })
    act(() => editor('Message').dispatch({ selection: { anchor: 7 } }))
    fireEvent.focusIn(textbox('Message'))
    expect(screen.getAllByText(/It goes to Message/).length).toBeGreaterThan(0)
    const source = screen.getByRole('treeitem', { name: /Get orders/ })
    act(() => source.focus())
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    expect(node.params.message).toEqual({ expr: '`Count: ${steps.get.count}`' })
  })

  it('from inside a list offers to repeat the step, and becomes the element', async () => {
    show('flow.respond', { status: 200 })
    fireEvent.focusIn(screen.getByRole('spinbutton', { name: 'Status' }))
    await userEvent.type(screen.getByRole('searchbox', { name: 'Search the data' }), 'id')
    await userEvent.click(screen.getByRole('treeitem', { name: /^id/ }))
    expect(node.params.status).toEqual({ expr: 'steps.get.orders[0].id' })
    await userEvent.click(screen.getByRole('button', { name: /Repeat this step for each of/ }))
    expect(node.params.status).toEqual({ expr: 'item.id' })
    expect(node.repeat).toEqual({ list: { expr: 'steps.get.orders' }, concurrency: 1 })
  })

  it('is repeated also where pills were deleted before', async () => {
    show('flow.stop', { message: { expr: '`A ${steps.get.count} of ${steps.get.count}`' } })
    write('Message', '')
    fireEvent.focusIn(textbox('Message'))
    await userEvent.type(screen.getByRole('searchbox', { name: 'Search the data' }), 'id')
    await userEvent.click(screen.getByRole('treeitem', { name: /^id/ }))
    await userEvent.click(screen.getByRole('button', { name: /Repeat this step for each of/ }))
    expect(node.params.message).toEqual({ expr: '`${item.id}`' })
    expect(textbox('Message').textContent).toContain('item.id')
  })

  it('comes back with undo', () => {
    show('flow.stop', { message: { expr: '`A ${steps.get.count}`' } })
    const view = editor('Message')
    act(() => view.dispatch({ changes: { from: 2, to: 3 }, userEvent: 'delete' }))
    expect(node.params.message).toBe('A ')
    fireEvent.keyDown(view.contentDOM, { key: 'z', code: 'KeyZ', keyCode: 90, ctrlKey: true })
    expect(node.params.message).toEqual({ expr: '`A ${steps.get.count}`' })
  })
})

describe('lists, records and choices', () => {
  it('adds, moves and removes rows', async () => {
    show('flow.switch', {
      value: 'x',
      cases: [
        { port: 'a', equals: 'a' },
        { port: 'b', equals: 'b' },
      ],
    })
    await userEvent.click(screen.getByRole('button', { name: 'Add to Cases' }))
    expect(node.params.cases).toHaveLength(3)
    act(() => screen.getByRole('button', { name: 'Move Cases 1' }).focus())
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}')
    expect(node.params.cases).toMatchObject([{ port: 'b' }, { port: 'a' }, { port: '' }])
    await userEvent.click(screen.getByRole('button', { name: 'Remove Cases 3' }))
    expect(node.params.cases).toMatchObject([{ port: 'b' }, { port: 'a' }])
  })

  it('stores a row once it has a name, and says when a name is used twice', async () => {
    show('http.request', { url: 'x', headers: { Accept: 'a' } })
    await userEvent.click(screen.getByRole('button', { name: 'Add to Headers' }))
    expect(node.params.headers).toEqual({ Accept: 'a' })
    await userEvent.type(textbox('Name of Headers, row 2'), 'Accept')
    expect(screen.getAllByText('This name is used twice.')).toHaveLength(2)
    await userEvent.type(textbox('Name of Headers, row 2'), '-Language')
    expect(node.params.headers).toEqual({ Accept: 'a', 'Accept-Language': '' })
  })

  it('finds a choice as it was left', async () => {
    show('agent.run', { message: 'x', memory: { kind: 'conversation', key: 'ada', messages: 8 } })
    await userEvent.click(screen.getByRole('radio', { name: 'None' }))
    expect(node.params.memory).toEqual({ kind: 'none' })
    await userEvent.click(screen.getByRole('radio', { name: 'By conversation' }))
    expect(node.params.memory).toEqual({ kind: 'conversation', key: 'ada', messages: 8 })
  })

  it('hides the right side of a rule that needs none', async () => {
    show('flow.if', { conditions: { match: 'all', rules: [{ left: 'a', op: 'equals', right: 'b' }] } })
    expect(textbox('Rule 1: Compared with')).toBeTruthy()
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Rule 1: Comparison' }), 'is_empty')
    expect(screen.queryByRole('textbox', { name: 'Rule 1: Compared with' })).toBeNull()
  })

  it('changes the type of a value and keeps what it says', async () => {
    show('data.set', { fields: [{ name: 'n', value: '42' }] })
    await userEvent.click(screen.getByRole('button', { name: 'Type of Value of n: Text' }))
    await userEvent.click(await screen.findByRole('menuitemradio', { name: 'Number' }))
    expect(node.params.fields).toEqual([{ name: 'n', value: 42 }])
  })
})

describe('JSON', () => {
  it('is stored once it is JSON; what only looks like an expression stays data', () => {
    show('flow.respond', { body: { ok: true } })
    write('Body', '{ "expr": ')
    expect(node.params.body).toEqual({ ok: true })
    expect(screen.getByText(/This is not JSON yet/)).toBeTruthy()
    write('Body', '{ "expr": "1" }')
    expect(node.params.body).toEqual({ literal: { expr: '1' } })
    write('Body', '')
    expect(Object.keys(node.params)).toEqual([])
  })
})

describe('problems', () => {
  it('stand at their field, also deep inside', async () => {
    const at = (field: string, message: string): Problem => ({ severity: 'error', code: 'x', message, field })
    show('flow.wait', { wait: { kind: 'for', amount: 5, unit: 'minutes' } }, [
      at('params.wait.amount', 'Too long.'),
    ])
    const amount = screen.getByRole('spinbutton', { name: /How long/ })
    expect(amount.getAttribute('aria-invalid')).toBe('true')
    const described = amount.getAttribute('aria-describedby') ?? ''
    expect(document.getElementById(described.split(' ')[0] ?? '')?.textContent).toBe('Too long.')
    await waitFor(() => expect(screen.getAllByText('Too long.')).toHaveLength(1))
  })
})

describe('a tool', () => {
  const showTool = (type: string, params: DocumentNode['params']) =>
    render(<Form start={{ key: 'it', type, version: 1, params, position: { x: 0, y: 0 } }} tool />)

  it('leaves fields to the agent, and says what they are for', async () => {
    showTool('flow.log', { message: 'Hello' })
    const group = screen.getByRole('group', { name: 'Message: fixed or computed' })
    await userEvent.click(within(group).getByRole('button', { name: 'Left to the agent' }))
    expect(screen.getByText('Agent fills this')).toBeTruthy()
    await userEvent.type(textbox('What the agent puts into Message'), 'What to note')
    expect(node.params.message).toEqual({ agent: 'What to note' })
    await userEvent.click(within(group).getByRole('button', { name: 'Fixed' }))
    expect(node.params.message).toBe('Hello')
  })

  it('cannot repeat, nor leave what must be fixed', () => {
    showTool('code.run', { code: 'return 1' })
    expect(screen.queryByText('Repeat for each element of a list')).toBeNull()
    expect(screen.queryByRole('group', { name: 'Code: fixed or computed' })).toBeNull()
  })
})

it('a connection made from a field is chosen in that field, among those of the node', async () => {
  const asked: (readonly string[])[] = []
  const makes: NodeFormProps['onNewConnection'] = (kinds, made) => {
    asked.push(kinds)
    made(`new-${asked.length}`)
  }
  const params = { fallback: [{ model: 'small' }] }
  render(
    <Form
      start={{ key: 'it', type: 'agent.ask', version: 1, params, position: { x: 0, y: 0 } }}
      onNewConnection={makes}
    />,
  )
  const [own, fallback] = screen.getAllByRole('button', { name: 'New' })
  await userEvent.click(own as HTMLElement)
  expect(node.connection).toBe('new-1')
  await userEvent.click(fallback as HTMLElement)
  expect(node.params.fallback).toEqual([{ model: 'small', connection: 'new-2' }])
  expect(node.connection).toBe('new-1')
  expect(asked[1]).toEqual(['model.anthropic', 'model.openai'])
})
