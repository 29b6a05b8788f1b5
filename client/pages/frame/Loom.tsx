const warp = Array.from({ length: 15 }, (_, index) => 20 + index * 40)

/** A piece of cloth being made: one thread goes over and under, turns softly and comes back. */
export function Loom({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 600 900"
      preserveAspectRatio="xMidYMin slice"
      aria-hidden
      fill="none"
      strokeWidth="2"
      className={className}
      style={{ maskImage: 'linear-gradient(black 45%, transparent 68%)' }}
    >
      <path className="stroke-line" d={warp.map((x) => `M${x} 0V900`).join('')} />
      <g strokeLinecap="round">
        <path className="stroke-accent-line" d="M-10 140H500a20 20 0 0 1 20 20v20a20 20 0 0 1-20 20H300" />
        <path
          className="stroke-accent"
          d="M-10 260H380a20 20 0 0 1 20 20v40a20 20 0 0 1-20 20H160a20 20 0 0 0-20 20v40a20 20 0 0 0 20 20H610"
        />
        <path className="stroke-accent-line" d="M610 100H440a20 20 0 0 0-20 20v120a20 20 0 0 0 20 20h170" />
      </g>
      {/* Where the warp passes over the weft. */}
      <g className="stroke-paper" strokeWidth="8">
        <path d="M60 250v20M220 250v20M340 250v20M380 330v20M220 410v20M380 410v20M540 410v20M140 130v20M300 130v20M460 130v20" />
      </g>
      <path
        className="stroke-edge/60"
        d="M60 246v28M220 246v28M340 246v28M380 326v28M220 406v28M380 406v28M540 406v28M140 126v28M300 126v28M460 126v28"
      />
      <rect className="fill-surface stroke-edge/70" x="84" y="240" width="112" height="40" rx="10" />
      <rect className="fill-surface stroke-edge/70" x="236" y="320" width="112" height="40" rx="10" />
      <rect className="fill-surface stroke-edge/70" x="404" y="400" width="112" height="40" rx="10" />
      <g strokeLinecap="round" strokeWidth="6">
        <path className="stroke-accent" d="M102 260h10M254 340h10" />
        <path className="stroke-violet" d="M422 420h10" />
        <path className="stroke-line" d="M128 260h46M280 340h38M448 420h50" />
      </g>
      <circle className="fill-accent" cx="196" cy="340" r="5" />
    </svg>
  )
}
