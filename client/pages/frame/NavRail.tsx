import { clsx } from 'clsx'
import { PanelLeftClose, PanelLeftOpen, Search } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Link, NavLink } from 'react-router'
import type { Tenant } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Kbd } from '#client/ui/Kbd.tsx'
import { LogoMark } from '#client/ui/Logo.tsx'
import { Tooltip } from '#client/ui/Tooltip.tsx'
import { paths } from '../../paths.ts'
import { AttentionCount } from '../attention/AttentionCount.tsx'
import { TaskCount } from '../tasks/TaskCount.tsx'
import { AccountMenu } from './AccountMenu.tsx'
import type { NavPlace } from './nav-places.ts'
import { commandKey } from './shortcut.ts'
import { TenantSwitcher } from './TenantSwitcher.tsx'

export interface NavRailProps {
  tenant: Tenant | null
  head?: ReactNode
  /** What is listed; without them there is nowhere to go from here. */
  places?: readonly NavPlace[]
  narrow: boolean
  onToggle?: () => void
  onCommands: () => void
}

const row =
  'relative flex h-8 items-center gap-2.5 rounded-sm text-base transition-colors duration-[120ms] [&_svg]:size-4 [&_svg]:shrink-0'

/** The slim navigation of wide screens. */
export function NavRail({ tenant, head, places, narrow, onToggle, onCommands }: NavRailProps) {
  const t = useT('shell')
  return (
    <nav
      aria-label={t('nav.label')}
      className={clsx(
        'flex shrink-0 flex-col gap-3 border-line border-r bg-paper py-3 phone:hidden',
        narrow ? 'w-13 items-center px-2' : 'w-54 px-3',
      )}
    >
      {tenant ? (
        <TenantSwitcher tenant={tenant} narrow={narrow} />
      ) : (
        <div className="flex items-start gap-2.5">
          <Link to={paths.home()} aria-label={t('notFound.action')} className="shrink-0 rounded-xs p-1">
            <LogoMark className="size-6" />
          </Link>
          {!narrow && head && <div className="flex min-w-0 flex-col pt-1">{head}</div>}
        </div>
      )}
      <Named label={t('commands.open')} narrow={narrow}>
        <button
          type="button"
          aria-label={t('commands.open')}
          onClick={onCommands}
          className={clsx(
            row,
            'border border-line bg-surface text-faint hover:border-edge hover:text-ink',
            narrow ? 'w-9 justify-center' : 'px-2.5',
          )}
        >
          <Search aria-hidden />
          {!narrow && (
            <>
              <span className="grow text-left text-sm">{t('commands.short')}</span>
              <Kbd>{commandKey}</Kbd>
            </>
          )}
        </button>
      </Named>
      {places && (
        <ul className="flex flex-col gap-0.5">
          {places.map(({ name, label, icon: Icon, to, end }) => (
            <li key={name}>
              <Named label={label} narrow={narrow}>
                <NavLink
                  to={to}
                  end={end}
                  aria-label={narrow ? label : undefined}
                  className={({ isActive }) =>
                    clsx(
                      row,
                      narrow ? 'w-9 justify-center' : 'px-2.5',
                      isActive
                        ? 'bg-accent-soft font-medium text-accent'
                        : 'text-muted hover:bg-hover hover:text-ink',
                    )
                  }
                >
                  <Icon aria-hidden strokeWidth={1.75} />
                  {!narrow && label}
                  {tenant && name === 'tasks' && <TaskCount dot={narrow} />}
                  {tenant && name === 'attention' && <AttentionCount dot={narrow} />}
                </NavLink>
              </Named>
            </li>
          ))}
        </ul>
      )}
      <div className={clsx('mt-auto flex gap-1', narrow ? 'flex-col items-center' : 'items-center')}>
        <AccountMenu narrow={narrow} />
        {onToggle && (
          <IconButton
            label={narrow ? t('nav.expand') : t('nav.collapse')}
            tooltipSide="right"
            aria-expanded={!narrow}
            className="aria-expanded:bg-transparent"
            onClick={onToggle}
          >
            {narrow ? <PanelLeftOpen aria-hidden /> : <PanelLeftClose aria-hidden />}
          </IconButton>
        )}
      </div>
    </nav>
  )
}

/** A tooltip where the label is not written. */
function Named({ label, narrow, children }: { label: string; narrow: boolean; children: ReactElement }) {
  if (!narrow) return children
  return (
    <Tooltip text={label} side="right">
      {/* An element of its own: the tooltip would turn the class of a NavLink, a function, into text. */}
      <span className="flex">{children}</span>
    </Tooltip>
  )
}
