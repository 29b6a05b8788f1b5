import { expect, test } from 'vitest'
import { batcher } from './batcher.ts'

const soon = { timeout: 10_000 }

test('what comes together is flushed together, and what comes meanwhile in the next batch', async () => {
  const batches: number[][] = []
  let release = () => {}
  const { add } = batcher<number, number>(async (batch) => {
    batches.push(batch)
    if (batches.length === 1) await new Promise<void>((resolve) => (release = resolve))
    return batch.map((one) => one * 10)
  })
  const first = Promise.all([1, 2, 3].map(add))
  await expect.poll(() => batches.length, soon).toBe(1)
  const second = Promise.all([4, 5].map(add))
  release()
  expect([await first, await second]).toEqual([
    [10, 20, 30],
    [40, 50],
  ])
  expect(batches).toEqual([
    [1, 2, 3],
    [4, 5],
  ])
})

test('an error belongs to the one it is given for; one that is thrown, to all of the batch', async () => {
  const { add, idle } = batcher<string, string>(async (batch) => {
    if (batch.includes('broken')) throw new Error('All of it')
    return batch.map((one) => (one === 'bad' ? new Error('Only this') : one))
  })
  expect(await Promise.allSettled(['good', 'bad'].map(add))).toMatchObject([
    { status: 'fulfilled', value: 'good' },
    { status: 'rejected', reason: { message: 'Only this' } },
  ])
  const thrown = await Promise.allSettled(['broken', 'good'].map(add))
  expect(thrown.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await idle()
  expect(await add('after')).toBe('after')
})

test('a batch has a limit', async () => {
  const sizes: number[] = []
  const { add } = batcher<number, number>(async (batch) => {
    sizes.push(batch.length)
    return batch
  }, 4)
  await Promise.all([1, 2, 3, 4, 5, 6, 7, 8, 9].map(add))
  expect(sizes).toEqual([4, 4, 1])
})

test('an error that is certain before the rest is done is told at once, and who only waits can be refused', async () => {
  let release = () => {}
  const { add, refuse } = batcher<string, string>(async (batch, early) => {
    if (batch.includes('lost')) early('lost', new Error('Never'))
    if (batch.includes('slow')) await new Promise<void>((resolve) => (release = resolve))
    return batch
  })
  const slow = add('slow')
  await expect(add('lost')).rejects.toThrow('Never')
  const [waits, refused] = [add('waits'), add('refused')]
  refuse((one) => one === 'refused', new Error('Not now'))
  await expect(refused).rejects.toThrow('Not now')
  release()
  expect([await slow, await waits]).toEqual(['slow', 'waits'])
})
