import { expect, test } from 'vitest'
import { newTask } from './new-task.ts'

const place = { runId: '0190d000-0000-7000-8000-000000000000', step: 'ask' }
const titled = (title: string) =>
  newTask(place, { name: 'one', kind: 'attention', title, role: null, request: {} }).title

test('a title is text that the database takes, also where a character is cut in two', () => {
  expect(titled(`${'x'.repeat(299)}😀`)).toBe(`${'x'.repeat(299)} `)
  expect(titled('a\u0000b\ud800c😀')).toBe('a b c😀')
})
