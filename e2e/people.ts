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
