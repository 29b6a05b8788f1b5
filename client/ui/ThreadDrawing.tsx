import { clsx } from 'clsx'
import type { ReactNode } from 'react'

export type Drawing =
  | 'workflows'
  | 'runs'
  | 'connections'
  | 'people'
  | 'keys'
  | 'search'
  | 'lost'
  | 'locked'
  | 'broken'

/** Eleven pale warp threads; each drawing weaves something of its own across them. */
function Warp({ skip = [] }: { skip?: readonly number[] }) {
  const threads = Array.from({ length: 11 }, (_, index) => index).filter((index) => !skip.includes(index))
  return <path className="stroke-line" d={threads.map((index) => `M${20 + index * 16} 6V98`).join('')} />
}

const knot = 'fill-raised stroke-accent'

const drawings: Record<Drawing, ReactNode> = {
  workflows: (
    <>
      <Warp />
      <path className="stroke-accent" d="M44 30h36a8 8 0 0 1 8 8v28a8 8 0 0 0 8 8h52" />
      <path className="stroke-accent-line" d="M88 46a8 8 0 0 1 8-8h52" />
      <rect className="fill-raised stroke-edge" x="14" y="19" width="44" height="22" rx="6" />
      <rect className="fill-raised stroke-edge" x="142" y="27" width="44" height="22" rx="6" />
      <rect className="fill-raised stroke-edge" x="142" y="63" width="44" height="22" rx="6" />
      <path className="stroke-accent" d="M24 30h6M152 38h6M152 74h6" strokeLinecap="round" strokeWidth="4" />
    </>
  ),
  runs: (
    <>
      <Warp />
      <path className="stroke-accent-line" d="M8 28h184M8 76h184" />
      <path className="stroke-accent" d="M8 52h116" strokeLinecap="round" />
      <path className="stroke-line" d="M132 52h60" strokeDasharray="2 5" strokeLinecap="round" />
      <circle className="fill-accent stroke-raised" cx="126" cy="52" r="6" />
      <circle className={knot} cx="68" cy="28" r="4" />
      <circle className={knot} cx="148" cy="76" r="4" />
    </>
  ),
  connections: (
    <>
      <Warp skip={[5]} />
      <path className="stroke-accent" d="M8 52h70M122 52h70" />
      <rect className="fill-raised stroke-accent" x="72" y="38" width="22" height="28" rx="7" />
      <rect className="fill-raised stroke-edge" x="106" y="38" width="22" height="28" rx="7" />
      <path className="stroke-accent" d="M94 46h6M94 58h6" strokeLinecap="round" />
    </>
  ),
  people: (
    <>
      <Warp />
      <path className="stroke-accent" d="M8 36h72a8 8 0 0 1 8 8v8a8 8 0 0 0 8 8h96" />
      <path className="stroke-violet" d="M8 60h56a8 8 0 0 1 8 8v2a8 8 0 0 0 8 8h112" opacity=".7" />
      <path className="stroke-rose" d="M192 32h-60a8 8 0 0 0-8 8v2a8 8 0 0 1-8 8H8" opacity=".7" />
      <circle className={knot} cx="52" cy="36" r="7" />
      <circle className="fill-raised stroke-violet" cx="116" cy="78" r="7" />
      <circle className="fill-raised stroke-rose" cx="148" cy="32" r="7" />
    </>
  ),
  keys: (
    <>
      <Warp />
      <path className="stroke-accent" d="M192 52H86M152 52v14M168 52v10" strokeLinecap="round" />
      <circle className={knot} cx="68" cy="52" r="18" />
      <circle className="fill-sunken stroke-accent" cx="68" cy="52" r="6" />
    </>
  ),
  search: (
    <>
      <Warp />
      <path className="stroke-line" d="M8 32h184M8 72h184" />
      <circle className={knot} cx="92" cy="48" r="20" />
      <path className="stroke-accent" d="m107 63 15 15" strokeLinecap="round" />
    </>
  ),
  lost: (
    <>
      <Warp skip={[5, 6]} />
      <path
        className="stroke-accent"
        d="M8 52h66a10 10 0 0 1 10 10v4a10 10 0 0 0 10 10h8"
        strokeLinecap="round"
      />
      <path className="stroke-accent" d="M192 52h-52a8 8 0 0 1-8-8v-6" strokeLinecap="round" />
    </>
  ),
  locked: (
    <>
      <Warp />
      <path className="stroke-accent-line" d="M8 58h184" />
      <path className="stroke-edge" d="M84 50V38a16 16 0 0 1 32 0v12" />
      <rect className="fill-raised stroke-edge" x="74" y="46" width="52" height="36" rx="10" />
      <path className="stroke-accent" d="M100 60v8" strokeLinecap="round" strokeWidth="4" />
    </>
  ),
  broken: (
    <>
      <Warp />
      <path className="stroke-edge" d="M8 52h68M124 52h68" />
      <path
        className="stroke-bad"
        d="M76 52q6 0 9-6M76 52q8 1 11 7M124 52q-6 0-9-6M124 52q-8 1-11 7"
        strokeLinecap="round"
      />
    </>
  ),
}

/** A small drawing of threads that cross. It decorates; the words beside it say everything. */
export function ThreadDrawing({ name, className }: { name: Drawing; className?: string }) {
  return (
    <svg
      viewBox="0 0 200 104"
      aria-hidden
      fill="none"
      strokeWidth="2"
      className={clsx('h-26 w-50', className)}
    >
      {drawings[name]}
    </svg>
  )
}
