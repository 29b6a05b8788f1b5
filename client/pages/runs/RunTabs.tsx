import { clsx } from 'clsx'
import { Link } from 'react-router'
import { useTenant } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { paths } from '../../paths.ts'

const tabs = [
  { name: 'runs', to: paths.runs },
  { name: 'failures', to: paths.failures },
] as const

/** The two ways to look at runs: each by itself, or failures by their cause. */
export function RunTabs({ current }: { current: (typeof tabs)[number]['name'] }) {
  const t = useT('monitoring')
  const { slug } = useTenant()
  return (
    <nav aria-label={t('runs.tabs.label')} className="flex shrink-0 gap-4 px-6 phone:px-4">
      {tabs.map(({ name, to }) => (
        <Link
          key={name}
          to={to(slug)}
          aria-current={name === current ? 'page' : undefined}
          className={clsx(
            '-mb-px flex h-9 items-center border-b-2 px-0.5 font-medium text-sm transition-colors duration-[120ms]',
            name === current ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink',
          )}
        >
          {t(`runs.tabs.${name}`)}
        </Link>
      ))}
    </nav>
  )
}
