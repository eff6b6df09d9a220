import { cn } from './cn'

/** Progress of something that has an end. `share` is 0 to 1, null while the end is not known. */
export function Meter({ share, label, className }: { share: number | null; label: string; className?: string }) {
  const value = share === null ? undefined : Math.max(0, Math.min(1, share))
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} {...(value === undefined ? {} : { 'aria-valuenow': Math.round(value * 100) })} className={cn('h-1 overflow-hidden rounded-sm bg-line', className)}>
      {/* Scaled and not widened: a width that moves would lay the whole page out with every frame. */}
      <div className={cn('h-full origin-left bg-accent transition-transform duration-300', value === undefined && 'w-1/3 animate-pulse')} style={value === undefined ? undefined : { transform: `scaleX(${value})` }} />
    </div>
  )
}

/** A bar of a table cell or list: magnitude beside its figure, told by the figure too. */
export function Bar({ share, className }: { share: number; className?: string }) {
  return (
    <span aria-hidden className={cn('inline-block h-1 w-16 rounded-sm bg-line align-middle', className)}>
      <span className="block h-1 rounded-sm bg-accent" style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} />
    </span>
  )
}
