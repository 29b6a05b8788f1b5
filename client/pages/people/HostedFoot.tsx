import { useT } from '#client/lib/use-t.ts'
import { LogoMark } from '#client/ui/Logo.tsx'

/** Under every hosted page: whose tool it is, and what not to trust it with. */
export function HostedFoot() {
  const t = useT('people')
  return (
    <p className="flex flex-wrap items-center justify-center gap-x-3 gap-y-0.5 py-2.5 text-center text-faint text-xs">
      <span>{t('hosted.careful')}</span>
      <span className="inline-flex items-center gap-1">
        <LogoMark className="size-3.5" />
        {t('hosted.made')}
      </span>
    </p>
  )
}
