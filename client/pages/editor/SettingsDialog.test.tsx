import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { IntlProvider } from 'use-intl'
import { afterEach, expect, it } from 'vitest'
import { createEditorStore, EditorContext } from '#client/canvas/store.ts'
import { undoEdit } from '#client/canvas/verbs.ts'
import { messages } from '#client/lib/messages/en.ts'
import { emptyDocument, type WorkflowDocument } from '#nodes/graph/document.ts'
import { SettingsDialog } from './SettingsDialog.tsx'

afterEach(cleanup)

function show(document: WorkflowDocument, readonly = false) {
  const store = createEditorStore({ document, infos: [], readonly })
  render(
    <IntlProvider locale="en" messages={messages} timeZone="UTC">
      <EditorContext value={store}>
        <SettingsDialog open onOpenChange={() => undefined} />
      </EditorContext>
    </IntlProvider>,
  )
  return store
}
const user = userEvent.setup()

it('writes what is set into the drawing, and nothing once all is emptied', async () => {
  const store = show(emptyDocument)
  const settings = () => store.getState().document.settings
  await user.type(screen.getByLabelText('Time limit of a run'), '30')
  await user.type(screen.getByLabelText('One after another by'), 'trigger.id')
  await user.selectOptions(screen.getByLabelText('When a step ran out of retries'), [
    'The step waits for somebody to decide',
  ])
  expect(settings()).toEqual({
    timeoutMinutes: 30,
    orderingKey: { expr: 'trigger.id' },
    onFailure: 'attention',
  })
  await user.clear(screen.getByLabelText('Time limit of a run'))
  await user.clear(screen.getByLabelText('One after another by'))
  await user.selectOptions(screen.getByLabelText('When a step ran out of retries'), ['The run fails'])
  expect(settings()).toBeUndefined()
})

it('keeps a limit that no document can hold out of the drawing, and marks what is no expression', async () => {
  const store = show(emptyDocument)
  await user.type(screen.getByLabelText('Time limit of a run'), '0')
  expect(store.getState().document.settings).toBeUndefined()
  await user.type(screen.getByLabelText('One after another by'), 'trigger.(')
  expect(screen.getByText(/This is not an expression/)).toBeTruthy()
})

it('is undone like any other change, and shown only to who may only look', async () => {
  const store = show({ ...emptyDocument, settings: { timeoutMinutes: 5 } })
  await user.clear(screen.getByLabelText('Time limit of a run'))
  expect(store.getState().document.settings).toBeUndefined()
  undoEdit(store)
  expect(store.getState().document.settings).toEqual({ timeoutMinutes: 5 })
  cleanup()
  show({ ...emptyDocument, settings: { timeoutMinutes: 5 } }, true)
  expect(screen.getByLabelText<HTMLInputElement>('Time limit of a run').readOnly).toBe(true)
})
