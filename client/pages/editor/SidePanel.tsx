import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react'
import { remember, remembered } from '#client/lib/storage.ts'
import { useT } from '#client/lib/use-t.ts'

const LEAST = 320
const MOST = 800
const USUAL = 420

/** The panel at the right, as wide as one likes. On a phone it covers the page. */
export function SidePanel({ children }: { children: ReactNode }) {
  const t = useT('editor')
  const [width, setWidth] = useState(() => within(Number(remembered('editor-panel')) || USUAL))
  const resize = (next: number) => {
    setWidth(within(next))
    remember('editor-panel', String(within(next)))
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) resize(window.innerWidth - event.clientX)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') resize(width + 20)
    if (event.key === 'ArrowRight') resize(width - 20)
  }
  return (
    <div
      className="relative shrink-0 border-line border-l phone:fixed phone:inset-0 phone:z-40 phone:w-full!"
      style={{ width }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved */}
      <div
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={t('panel.resize')}
        aria-valuenow={width}
        aria-valuemin={LEAST}
        aria-valuemax={MOST}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
        className="absolute inset-y-0 -left-1 z-10 w-2 cursor-col-resize touch-none hover:bg-accent/20 phone:hidden"
      />
      {children}
    </div>
  )
}

function within(width: number): number {
  return Math.min(MOST, Math.max(LEAST, width))
}
