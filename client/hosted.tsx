import { type ComponentType, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { IntlProvider } from 'use-intl'
import { loadHostedMessages } from './lib/hosted-messages.ts'
import { initialLocale } from './lib/locale.ts'
import { type HostedPage, hostedPage } from './paths.ts'

/** A page for anybody with its address: no account, no session, no more code than it needs. */
export async function start(root: HTMLElement) {
  const locale = initialLocale()
  document.documentElement.lang = locale
  const place = hostedPage(location.pathname)
  if (!place) throw new Error('This is no hosted page')
  const [messages, { default: Page }] = await Promise.all([loadHostedMessages(locale), pageOf(place)])
  createRoot(root).render(
    <StrictMode>
      <IntlProvider
        locale={locale}
        messages={messages}
        timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}
      >
        <Page place={place} />
      </IntlProvider>
    </StrictMode>,
  )
}

function pageOf({ kind }: HostedPage): Promise<{ default: ComponentType<{ place: HostedPage }> }> {
  switch (kind) {
    case 'chat':
      return import('./pages/chat.tsx')
    case 'form':
    case 'wait':
      return import('./pages/form.tsx')
  }
  return kind satisfies never
}
