import type { Page } from '@playwright/test'
import { owner, type Trama } from './trama.ts'

/** Signs a person in, as the owner if nobody is named, and waits for their workflows. */
export async function signIn(page: Page, trama: Trama, who: { email: string; password: string } = owner) {
  await page.goto(`${trama.url}/sign-in`)
  await page.getByLabel('Email').fill(who.email)
  await page.getByLabel('Password', { exact: true }).fill(who.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/workflows$/)
}

/** Chooses something in the menu of the account. */
export async function inAccountMenu(page: Page, choice: string) {
  await page.getByRole('button', { name: /^Account: / }).click()
  await page.getByRole('menuitem', { name: choice }).click()
}

/** A person's own browser, signed up and, where a tenant is named, its owner. */
export async function signUp(
  page: Page,
  trama: Trama,
  who: { name: string; email: string; password: string; tenant?: string },
) {
  await page.goto(`${trama.url}/sign-up`)
  await page.getByLabel('Your name').fill(who.name)
  await page.getByLabel('Email').fill(who.email)
  await page.getByLabel('Password', { exact: true }).fill(who.password)
  await page.getByRole('button', { name: 'Create account' }).click()
  if (!who.tenant) return page.waitForURL(/\/new-tenant$/)
  await page.getByLabel('Tenant name').fill(who.tenant)
  await page.getByRole('button', { name: 'Create tenant' }).click()
  return page.waitForURL(/\/workflows$/)
}

/** Asks the server what a page would ask, as the person of this page. */
export async function ask(page: Page, about: { tenant: string; procedure: string; input: unknown }) {
  const { tenant, procedure, input } = about
  const { origin } = new URL(page.url())
  const reply = await page.request.post(`${origin}/api/trpc/${tenant}/${procedure}`, {
    data: input,
    headers: { origin },
  })
  if (!reply.ok()) throw new Error(`${procedure}: ${reply.status()} ${await reply.text()}`)
  return (await reply.json()).result.data
}
