import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'

/** Shown in place of a page that threw. */
export function Crash() {
  const t = useT('shell')
  return (
    <ErrorState
      heading="h1"
      title={t('crash.title')}
      className="m-auto"
      action={
        <Button variant="primary" onClick={() => location.reload()}>
          {t('crash.reload')}
        </Button>
      }
    >
      {t('crash.body')}
    </ErrorState>
  )
}
