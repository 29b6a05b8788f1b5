import { expect, test } from '@playwright/test'
import { type Fake, serveFake } from '../server/test/fakes/fake.ts'
import { apiKey, apiOf, drawing } from './api.ts'
import { editorOf } from './editor.ts'
import { signIn } from './people.ts'
import { installTrama, type Trama } from './trama.ts'

let hotel: Fake
let trama: Trama

test.beforeAll(async () => {
  hotel = await serveFake(() => ({ json: { booking: 'B-7' } }))
  trama = await installTrama({ TRAMA_API_KEY: apiKey, TRAMA_EGRESS_ALLOW: '127.0.0.1' })
  await trama.start()
})
test.afterAll(async () => {
  await trama.stop()
  await hotel.close()
})

test('a run that failed over bad data goes on from there with data that is good, and books nothing twice', async ({
  page,
}) => {
  const field = (name: string, expr: string) => ({ fields: [{ name, value: { expr } }] })
  const { id } = await apiOf(trama).draw(
    'Book trips',
    drawing(
      [
        { key: 'start', type: 'trigger.manual', at: [0, 0] },
        {
          key: 'book',
          type: 'http.request',
          at: [320, 0],
          params: { method: 'POST', url: `${hotel.url}/rooms` },
        },
        { key: 'price', type: 'data.set', at: [640, 0], params: field('nights', 'trigger.nights ?? null') },
        { key: 'total', type: 'data.set', at: [960, 0], params: field('total', 'steps.price.nights.length') },
      ],
      ['start>book', 'book>price', 'price>total'],
    ),
  )
  await apiOf(trama).call('POST', `/workflows/${id}/publish`)
  const failedId = await apiOf(trama).run(id, { who: 'Ada' })
  const failed = `${trama.url}/acme/runs/${failedId}`
  await signIn(page, trama)
  const editor = editorOf(page)

  await test.step('go on from the step that failed, with another output of the one before', async () => {
    await page.goto(failed)
    await editor.panel.getByRole('button', { name: 'Run again from here' }).click()
    const dialog = page.getByRole('dialog', { name: 'Run again from “Set fields”' })
    await dialog.getByRole('button', { name: 'Edit what Set fields gave' }).click()
    const output = dialog.getByRole('textbox', { name: 'What Set fields gives, as JSON' })
    await output.fill('{ "nights": [')
    await expect(output).toHaveAccessibleDescription(/This is not JSON/)
    await output.fill('{ "nights": ["Mon", "Tue"] }')
    await dialog.getByRole('button', { name: 'Run again from here' }).click()
    await expect(page).not.toHaveURL(failed)
    await expect(page).toHaveURL(/\/acme\/runs\/[\w-]+$/)
  })

  await test.step('it succeeds, and the room is booked once', async () => {
    await expect(
      page.getByRole('banner').or(page.locator('header')).getByText('Succeeded').first(),
    ).toBeVisible()
    await expect(editor.state('book', 'Taken over')).toBeVisible()
    await expect(editor.state('total', 'Done')).toBeVisible()
    await expect(page.getByRole('listitem').filter({ hasText: 'HTTP request' })).toContainText(
      'Taken from the earlier run',
    )
    expect(hotel.calls).toHaveLength(1)
    await expect(page.getByRole('link', { name: 'Goes on from an earlier run' })).toBeVisible()
  })

  await test.step('comparing the two says what changed', async () => {
    await page.getByRole('link', { name: 'Compare' }).click()
    await expect(page).toHaveURL(new RegExp(`/acme/runs/${failedId}/compare/`))
    await expect(
      page.getByText('1 step only in the other').or(page.getByText('2 steps changed')),
    ).toBeVisible()
    await expect(page.getByText('nights', { exact: true })).toBeVisible()
    await expect(page.getByText('HTTP request')).toBeHidden()
    await page.getByRole('switch', { name: 'Only differences' }).click()
    await expect(page.getByText('HTTP request')).toBeVisible()
  })

  // Also within the seconds for which the browser believes what it was told before.
  await test.step('the run that failed knows that it was gone on from', async () => {
    await page.getByRole('link', { name: 'Back to the run' }).click()
    await expect(page).toHaveURL(failed)
    await page.getByRole('button', { name: 'Run again once' }).click()
    await expect(page.getByRole('menuitem', { name: /Book trips/ })).toBeVisible()
  })
})
