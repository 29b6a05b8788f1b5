import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { follow } from './news.ts'

test('a reader who waits long, again and again, leaves nothing behind on their signal', async () => {
  const silent = { subscribe: () => () => {} }
  const { signal } = new AbortController()
  const news = follow(silent, () => true)
  for (let times = 0; times < 12; times++) await news.wait({ ms: 1, signal })
  expect(getEventListeners(signal, 'abort')).toEqual([])
})
