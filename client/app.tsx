import './lib/no-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'
import { LocaleProvider } from './lib/LocaleProvider.tsx'
import { initialLocale, loadMessages } from './lib/locale.ts'
import { router } from './routes.tsx'

/** The product for who works in it. */
export async function start(root: HTMLElement) {
  const locale = initialLocale()
  document.documentElement.lang = locale
  const messages = await loadMessages(locale)
  createRoot(root).render(
    <StrictMode>
      <LocaleProvider initial={{ locale, messages }}>
        <RouterProvider router={router} />
      </LocaleProvider>
    </StrictMode>,
  )
}
