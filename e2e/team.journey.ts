import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { inAccountMenu, signIn } from './people.ts'
import { installTrama, owner, type Trama } from './trama.ts'

const guest = { name: 'Grace', email: 'grace@example.com', password: 'a long enough secret' }
let trama: Trama

test.beforeAll(async () => {
  trama = await installTrama()
  await trama.start()
})
test.afterAll(() => trama.stop())

test('an owner invites an editor, makes her a viewer and removes her', async ({ page, browser }) => {
  const theirs = await browser.newContext()
  const other = await theirs.newPage()
  let link = ''

  await test.step('the owner invites an editor by link', async () => {
    await signIn(page, trama)
    await goTo(page, 'Members')
    await page.getByRole('button', { name: 'Invite' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Email').fill(guest.email)
    await dialog.getByLabel('Role').selectOption('Editor')
    await dialog.getByRole('button', { name: 'Create link' }).click()
    link = await dialog.getByLabel('Invitation link').inputValue()
    expect(new URL(link).origin).toBe(trama.url)
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('tab', { name: 'Pending invitations' }).click()
    await expect(rowOf(page, guest.email)).toBeVisible()
  })

  await test.step('she signs up through the link and lands in the tenant', async () => {
    await other.goto(link)
    await expect(other.getByRole('heading', { name: 'Join Acme' })).toBeVisible()
    await other.getByRole('link', { name: 'Create an account to join' }).click()
    await other.getByLabel('Your name').fill(guest.name)
    await other.getByLabel('Email').fill(guest.email)
    await other.getByLabel('Password', { exact: true }).fill(guest.password)
    await other.getByRole('button', { name: 'Create account' }).click()
    await other.getByRole('button', { name: 'Join Acme' }).click()
    await other.waitForURL(`${trama.url}/acme/workflows`)
  })

  await test.step('an editor draws, but does not manage members, connections or keys', async () => {
    await goTo(other, 'Members')
    await expect(rowOf(other, owner.email)).toBeVisible()
    await expect(other.getByRole('button', { name: 'Invite' })).toHaveCount(0)
    await expect(other.getByRole('combobox', { name: /^Role of / })).toHaveCount(0)
    await expect(other.getByRole('button', { name: /^Remove / })).toHaveCount(0)
    await goTo(other, 'Connections')
    await expect(other.getByText('No one has added a connection here yet.')).toBeVisible()
    await expect(other.getByRole('button', { name: 'New connection' })).toHaveCount(0)
    await goTo(other, 'API keys')
    await expect(other.getByText('API keys are for admins')).toBeVisible()
    await expect(other.getByRole('button', { name: 'New API key' })).toHaveCount(0)
    await goTo(other, 'Workflows')
    await openFirstWorkflow(other)
    await expect(other.getByRole('button', { name: /^Publish version/ })).toBeVisible()
  })

  await test.step('as a viewer she only looks', async () => {
    await page.reload()
    await page.getByRole('combobox', { name: `Role of ${guest.name}` }).selectOption('Viewer')
    await expect(page.getByText(`${guest.name} is now Viewer`)).toBeVisible()
    await other.reload()
    await expect(other.getByText('You can look, not change')).toBeVisible()
    for (const name of [/^Publish version/, /^Run$/, /^Add a step/])
      await expect(other.getByRole('button', { name })).toHaveCount(0)
    await expect(other.getByRole('option', { name: /^Webhook/ })).toHaveCount(0)
    await other.locator('.react-flow__node').first().click()
    const panel = other.getByRole('region', { name: 'The chosen step' })
    await expect(panel.getByRole('textbox', { name: 'Name', exact: true })).not.toBeEditable()
  })

  await test.step('removed, she is refused at once', async () => {
    await page.getByRole('button', { name: `Remove ${guest.name}` }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove member' }).click()
    await expect(rowOf(page, guest.email)).toHaveCount(0)
    expect(await statusOfMembers(theirs)).toBe(404)
    await goTo(other, 'Members')
    await expect(other.getByRole('heading', { name: /^(Not found|You have no access here)$/ })).toBeVisible()
    await expect(rowOf(other, owner.email)).toHaveCount(0)
    await other.reload()
    await expect(other.getByRole('heading', { name: 'You have no access here' })).toBeVisible()
  })

  await test.step('she signs out, and her session is over', async () => {
    await inAccountMenu(other, 'Sign out')
    await other.waitForURL(/\/sign-in/)
    expect(await statusOfMembers(theirs)).toBe(401)
    await other.goto(`${trama.url}/account`)
    await other.waitForURL(/\/sign-in/)
  })
  await theirs.close()
})

test('a person with two tenants sees one at a time', async ({ page }) => {
  await signIn(page, trama)
  await page.getByRole('button', { name: 'Tenant: Acme' }).click()
  await page.getByRole('link', { name: 'New tenant' }).click()
  await page.getByLabel('Tenant name').fill('Bakery')
  await page.getByRole('button', { name: 'Create tenant' }).click()
  await page.waitForURL(`${trama.url}/bakery/workflows`)
  await page.getByRole('button', { name: 'New workflow' }).first().click()
  await page.getByRole('dialog').getByLabel('Name').fill('Only in the bakery')
  await page.getByRole('button', { name: 'Create workflow' }).click()
  await page.getByRole('link', { name: 'Back to workflows' }).click()
  await expect(page.getByRole('link', { name: 'Only in the bakery' })).toBeVisible()

  await page.getByRole('button', { name: 'Tenant: Bakery' }).click()
  await page.getByRole('link', { name: /Acme/ }).click()
  await page.waitForURL(`${trama.url}/acme/workflows`)
  await expect(page.getByRole('button', { name: 'Tenant: Acme' })).toBeVisible()
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  await expect(page.getByRole('link', { name: 'Only in the bakery' })).toHaveCount(0)
})

test('an API key is shown once, works, and ends when it is revoked', async ({ page }) => {
  await signIn(page, trama)
  await goTo(page, 'API keys')
  await page.getByRole('button', { name: 'New API key' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Order import')
  await dialog.getByRole('button', { name: 'Create key' }).click()
  const key = await dialog.getByLabel('API key').inputValue()
  const list = () => fetch(`${trama.url}/api/v1/workflows`, { headers: { authorization: `Bearer ${key}` } })
  expect((await list()).status).toBe(200)

  await dialog.getByRole('button', { name: 'I have copied it' }).click()
  await expect(rowOf(page, 'Order import')).toBeVisible()
  await page.reload()
  await expect(rowOf(page, 'Order import')).toBeVisible()
  expect(await page.content()).not.toContain(key)

  await page.getByRole('button', { name: 'Revoke Order import' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke key' }).click()
  await expect(rowOf(page, 'Order import').getByText('Revoked')).toBeVisible()
  expect((await list()).status).toBe(401)
})

async function goTo(page: Page, place: string) {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place }).click()
}

function rowOf(page: Page, text: string) {
  return page.getByRole('row').filter({ hasText: text })
}

async function openFirstWorkflow(page: Page) {
  await page.getByRole('row').nth(1).getByRole('link').first().click()
  await expect(page.locator('.react-flow__node').first()).toBeVisible()
}

/** What the server itself says to this browser, whatever its page shows. */
async function statusOfMembers(context: BrowserContext) {
  return (await context.request.get(`${trama.url}/api/trpc/acme/members.list`)).status()
}
