import { expect, test, vi } from 'vitest'
import { patiently } from './patiently.ts'

const coded = (code: string) => Object.assign(new Error(code), { code })

test('a step does not fail because the database was restarted while it read a connection', async () => {
  const work = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(coded('57P01'))
    .mockRejectedValueOnce(coded('ECONNREFUSED'))
    .mockRejectedValueOnce(coded('57P03'))
    .mockRejectedValueOnce(new Error('Connection terminated unexpectedly'))
    .mockRejectedValueOnce(new Error('Client has encountered a connection error and is not queryable'))
    .mockResolvedValueOnce('there')
  expect(await patiently(work, { againMs: 1 })).toBe('there')
})

test('what the database refuses is not asked again', async () => {
  const work = vi.fn(() => Promise.reject(coded('42501')))
  await expect(patiently(work)).rejects.toThrow('42501')
  expect(work).toHaveBeenCalledTimes(1)
})

test('a database that stays away is given up', async () => {
  await expect(
    patiently(() => Promise.reject(coded('ECONNREFUSED')), { patienceMs: 5, againMs: 1 }),
  ).rejects.toThrow('ECONNREFUSED')
})
