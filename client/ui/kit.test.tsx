import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { type ReactNode, useState } from 'react'
import { IntlProvider } from 'use-intl'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { messages } from '../lib/messages/en.ts'
import { Button } from './Button.tsx'
import { Confirmations } from './Confirmations.tsx'
import { confirm } from './confirm.ts'
import { Dialog } from './Dialog.tsx'
import { Field } from './Field.tsx'
import { Menu, MenuItem, MenuRadios } from './Menu.tsx'
import { Select } from './Select.tsx'
import { StatusBadge } from './StatusBadge.tsx'
import { Switch } from './Switch.tsx'
import { TabPanel, Tabs } from './Tabs.tsx'
import { TextInput } from './TextInput.tsx'
import { Toaster } from './Toaster.tsx'
import { toast } from './toasts.ts'

function show(children: ReactNode) {
  const user = userEvent.setup()
  render(
    <IntlProvider locale="en" messages={messages} timeZone="UTC">
      {children}
    </IntlProvider>,
  )
  return user
}

afterEach(cleanup)

describe('Field', () => {
  it('gives its control a name, a description and the error', () => {
    show(
      <Field label="Name" help="As on the door." error="Too long." required>
        <TextInput />
      </Field>,
    )
    const input = screen.getByRole('textbox', { name: 'Name', description: 'Too long. As on the door.' })
    expect(input.getAttribute('aria-invalid')).toBe('true')
    expect(input.getAttribute('aria-required')).toBe('true')
  })
})

describe('Select', () => {
  it('is chosen by its label and tells the value of the option', async () => {
    const onChange = vi.fn()
    const options = [
      { value: 'get', label: 'GET' },
      { value: 'post', label: 'POST' },
    ]
    const user = show(
      <Field label="Method">
        <Select value="get" options={options} onChange={onChange} />
      </Field>,
    )
    await user.selectOptions(screen.getByLabelText('Method'), 'POST')
    expect(onChange.mock.calls).toEqual([['post']])
  })
})

describe('Button', () => {
  it('takes no second click while busy, and keeps the focus', async () => {
    const onClick = vi.fn()
    const user = show(
      <Button busy onClick={onClick}>
        Save
      </Button>,
    )
    const button = screen.getByRole('button', { name: 'Save' })
    await user.click(button)
    expect(onClick).not.toHaveBeenCalled()
    expect(document.activeElement).toBe(button)
  })
})

function Asking() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Rename</Button>
      <Dialog open={open} onOpenChange={setOpen} title="Rename it" description="Only the name.">
        <Field label="New name">
          <TextInput />
        </Field>
      </Dialog>
    </>
  )
}

describe('Dialog', () => {
  it('takes the focus into its content, keeps it, and gives it back', async () => {
    const user = show(<Asking />)
    const opener = screen.getByRole('button', { name: 'Rename' })
    await user.click(opener)
    const dialog = screen.getByRole('dialog', { name: 'Rename it', description: 'Only the name.' })
    const input = within(dialog).getByLabelText('New name')
    await waitFor(() => expect(document.activeElement).toBe(input))
    await user.tab()
    expect(document.activeElement).toBe(within(dialog).getByRole('button', { name: 'Close' }))
    await user.tab()
    expect(document.activeElement).toBe(input)
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('dialog')).toBeNull()
    await waitFor(() => expect(document.activeElement).toBe(opener))
  })
})

describe('confirm', () => {
  it('answers yes by the button and no by Escape', async () => {
    const user = show(<Confirmations />)
    const yes = confirm({ title: 'Delete it?', action: 'Delete workflow' })
    await user.click(await screen.findByRole('button', { name: 'Delete workflow' }))
    expect(await yes).toBe(true)
    const no = confirm({ title: 'Delete it?', action: 'Delete workflow' })
    await screen.findByRole('alertdialog', { name: 'Delete it?' })
    await user.keyboard('{Escape}')
    expect(await no).toBe(false)
  })

  it('answers an older question with no when another one comes', async () => {
    const first = confirm({ title: 'One?', action: 'Do' })
    const second = confirm({ title: 'Two?', action: 'Do' })
    expect(await first).toBe(false)
    const user = show(<Confirmations />)
    await user.click(await screen.findByRole('button', { name: 'Cancel' }))
    expect(await second).toBe(false)
  })
})

describe('Menu', () => {
  it('opens, moves and chooses by keyboard', async () => {
    const chosen = vi.fn()
    const user = show(
      <Menu trigger={<Button>More</Button>}>
        <MenuItem onSelect={() => chosen('rename')}>Rename</MenuItem>
        <MenuItem disabled onSelect={() => chosen('share')}>
          Share
        </MenuItem>
        <MenuItem onSelect={() => chosen('delete')}>Delete</MenuItem>
      </Menu>,
    )
    const opener = screen.getByRole('button', { name: 'More' })
    opener.focus()
    await user.keyboard('{Enter}')
    await screen.findByRole('menu')
    await user.keyboard('{ArrowDown}{Enter}')
    expect(chosen.mock.calls).toEqual([['delete']])
    await waitFor(() => expect(document.activeElement).toBe(opener))
  })

  it('stays open while a choice is tried', async () => {
    const onChange = vi.fn()
    const options = [
      { value: 'light', label: 'Light' },
      { value: 'dark', label: 'Dark' },
    ]
    const user = show(
      <Menu trigger={<Button>Look</Button>}>
        <MenuRadios label="Theme" value="light" options={options} onChange={onChange} />
      </Menu>,
    )
    await user.click(screen.getByRole('button', { name: 'Look' }))
    await user.click(await screen.findByRole('menuitemradio', { name: 'Dark' }))
    expect(onChange.mock.calls).toEqual([['dark']])
    expect(screen.getByRole('menuitemradio', { name: 'Light' }).getAttribute('aria-checked')).toBe('true')
  })
})

describe('Tabs', () => {
  it('changes by arrow keys', async () => {
    const onChange = vi.fn()
    const tabs = [
      { value: 'one', label: 'One' },
      { value: 'two', label: 'Two' },
    ]
    const user = show(
      <Tabs label="Parts" value="one" onChange={onChange} tabs={tabs}>
        <TabPanel value="one">First</TabPanel>
      </Tabs>,
    )
    screen.getByRole('tab', { name: 'One' }).focus()
    await user.keyboard('{ArrowRight}')
    expect(onChange.mock.calls).toEqual([['two']])
  })
})

describe('Switch', () => {
  it('is named by its label and turned by the space bar', async () => {
    const onChange = vi.fn()
    const user = show(<Switch label="Active" checked={false} onChange={onChange} />)
    screen.getByRole('switch', { name: 'Active' }).focus()
    await user.keyboard(' ')
    expect(onChange.mock.calls).toEqual([[true]])
  })
})

describe('StatusBadge', () => {
  it('says the outcome in words', () => {
    show(<StatusBadge status="failed" />)
    expect(screen.getByText('Failed').textContent).toBe('Failed')
  })
})

describe('toasts', () => {
  it('keep bad news until it is dismissed, with the request to quote', async () => {
    const user = show(<Toaster />)
    toast({ tone: 'bad', title: 'Not saved', body: 'Try again.', requestId: 'r-7' })
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('r-7')
    await user.click(within(alert).getByRole('button', { name: 'Dismiss' }))
    expect(screen.queryByRole('alert')).toBeNull()
  })
})
