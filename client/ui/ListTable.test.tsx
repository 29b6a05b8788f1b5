import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type Column, ListTable } from './ListTable.tsx'

interface Row {
  id: string
}

const rows = (count: number): Row[] => Array.from({ length: count }, (_, index) => ({ id: `row ${index}` }))
const opened = vi.fn()

const columns: Column<Row>[] = [
  {
    id: 'name',
    header: 'Name',
    width: '1fr',
    cell: ({ id }) => (
      <a
        href={`#${id}`}
        data-row-link
        onClick={(event) => {
          event.preventDefault()
          opened(id)
        }}
      >
        {id}
      </a>
    ),
  },
  {
    id: 'more',
    header: 'More',
    width: '4rem',
    cell: ({ id }) => <button type="button">{`about ${id}`}</button>,
  },
]

const show = (count: number, onEnd?: () => void) =>
  render(
    <ListTable
      label="Things"
      columns={columns}
      rows={rows(count)}
      rowKey={({ id }) => id}
      phoneRow={({ id }) => id}
      onEnd={onEnd}
    />,
  )

beforeEach(() => {
  opened.mockReset()
  // happy-dom lays nothing out; the list needs to know how much of it is seen.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(720)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1024)
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

it('draws only what is in view of ten thousand rows, and says how many there are', () => {
  show(10_000)
  const table = screen.getByRole('table', { name: 'Things' })
  expect(table.getAttribute('aria-rowcount')).toBe('10001')
  const drawn = screen.getAllByRole('row').length
  expect(drawn).toBeGreaterThan(15)
  expect(drawn).toBeLessThan(80)
})

it('moves between rows by arrow keys and opens one by Enter', async () => {
  const user = userEvent.setup()
  show(5)
  await user.tab()
  expect(document.activeElement?.textContent).toBe('row 0')
  await user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}')
  expect(document.activeElement?.textContent).toBe('row 1')
  await user.keyboard('{End}{ArrowDown}')
  expect(document.activeElement?.textContent).toBe('row 4')
  await user.keyboard('{Enter}')
  expect(opened.mock.calls).toEqual([['row 4']])
})

it('opens a row by a click anywhere on it but its buttons', async () => {
  const user = userEvent.setup()
  show(3)
  const row = screen.getAllByRole('row')[2]
  if (!row) throw new Error('no row')
  await user.click(row)
  await user.click(screen.getByRole('button', { name: 'about row 2' }))
  expect(opened.mock.calls).toEqual([['row 1']])
})

it('asks for more when the end is near', () => {
  const onEnd = vi.fn()
  show(30, onEnd)
  expect(onEnd).toHaveBeenCalled()
})

it('does not ask for more at the top of a long list', () => {
  const onEnd = vi.fn()
  show(500, onEnd)
  expect(onEnd).not.toHaveBeenCalled()
})
