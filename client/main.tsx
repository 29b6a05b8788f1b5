import './lib/no-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'
import { LocaleProvider } from './lib/LocaleProvider.tsx'
import { initialLocale, loadMessages } from './lib/locale.ts'
import { followSystemTheme } from './lib/theme.ts'
import { router } from './routes.tsx'
import './styles.css'

followSystemTheme()

const locale = initialLocale()
document.documentElement.lang = locale
const messages = await loadMessages(locale)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

createRoot(root).render(
  <StrictMode>
    <LocaleProvider initial={{ locale, messages }}>
      <RouterProvider router={router} />
    </LocaleProvider>
  </StrictMode>,
)
