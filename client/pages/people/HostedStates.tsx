import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ThreadBar } from '#client/ui/ThreadBar.tsx'
import type { Settings } from './use-settings.ts'

/** In place of a hosted page that is not here: not yet, not any more, or not reached. */
export function HostedStates({ settings }: { settings: Settings & { retry: () => void } }) {
  const t = useT('people')
  switch (settings.state) {
    case 'loading':
    case 'here':
      return <ThreadBar />
    case 'gone':
    case 'closed':
      return (
        <main className="flex h-dvh bg-paper">
          <EmptyState
            heading="h1"
            drawing={settings.state === 'gone' ? 'lost' : 'people'}
            title={t(`hosted.${settings.state}Title`)}
            className="m-auto"
          >
            {t(`hosted.${settings.state}Body`)}
          </EmptyState>
        </main>
      )
    case 'broken':
      return (
        <main className="flex h-dvh bg-paper">
          <EmptyState
            role="alert"
            heading="h1"
            drawing="broken"
            title={t('hosted.brokenTitle')}
            className="m-auto"
            action={
              <Button variant="primary" onClick={settings.retry}>
                {t('hosted.retry')}
              </Button>
            }
          >
            {t('hosted.brokenBody')}
          </EmptyState>
        </main>
      )
  }
  return settings satisfies never
}
