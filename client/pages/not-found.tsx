import { Link } from 'react-router'
import { useT } from '#client/lib/use-t.ts'
import { buttonClass } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { paths } from '../paths.ts'

export default function NotFound() {
  const t = useT('shell')
  return (
    <div className="flex h-full">
      <EmptyState
        heading="h1"
        drawing="lost"
        title={t('notFound.title')}
        className="m-auto"
        action={
          <Link to={paths.home()} className={buttonClass({ variant: 'primary' })}>
            {t('notFound.action')}
          </Link>
        }
      >
        {t('notFound.body')}
      </EmptyState>
    </div>
  )
}
